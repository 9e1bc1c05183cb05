-- options: --postgres-version 14
-- Two tokens before PostgreSQL 15.
SELECT id FROM orders LIMIT 10OFFSET 20;
