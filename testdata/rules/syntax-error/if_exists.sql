DROP INDEX IF NOT EXISTS orders_total_idx;
CREATE TABLE IF EXISTS orders (id bigint PRIMARY KEY);
