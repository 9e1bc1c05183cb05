-- Settings, limits of transactions, and the removal of what a failed try left
-- do not count.
SET lock_timeout = '5s';
\set ON_ERROR_STOP on
DROP INDEX CONCURRENTLY IF EXISTS app.orders_total_idx;
CREATE INDEX CONCURRENTLY orders_total_idx ON app.orders (total);
RESET lock_timeout;
