-- The other index is not the one that is built.
DROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;
CREATE INDEX CONCURRENTLY orders_total_id_idx ON app.orders (total, id);
