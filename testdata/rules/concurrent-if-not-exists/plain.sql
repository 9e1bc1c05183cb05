CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total_idx ON app.orders (total);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Orders number"
    ON orders (number) WHERE number IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS orders_tax_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_user_id_idx ON orders (user_id);
