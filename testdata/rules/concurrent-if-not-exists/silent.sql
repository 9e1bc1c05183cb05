-- What a failed try left is dropped first.
DROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total_idx ON orders (total);
DROP INDEX IF EXISTS app.a_idx, app.b_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS b_idx ON app.b (b);
-- Nothing is kept.
CREATE INDEX CONCURRENTLY orders_tax_idx ON orders (tax);
-- Without CONCURRENTLY a failed try leaves nothing.
CREATE INDEX IF NOT EXISTS orders_user_id_idx ON orders (user_id);
-- It fails in a transaction, every time.
BEGIN;
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_day_idx ON orders (day);
COMMIT;
-- A new table has no rows that could make it fail.
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
CREATE INDEX CONCURRENTLY IF NOT EXISTS customers_name_idx ON customers (name);
