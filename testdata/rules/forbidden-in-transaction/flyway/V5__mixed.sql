-- Flyway refuses it, unless it is told otherwise.
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (user_id, id);
DROP INDEX CONCURRENTLY orders_c_idx;
