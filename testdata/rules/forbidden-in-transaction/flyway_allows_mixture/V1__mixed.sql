-- Flyway runs it without a transaction: flyway.toml says so.
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (user_id, id);
DROP INDEX CONCURRENTLY orders_c_idx;
