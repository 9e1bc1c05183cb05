DROP INDEX orders_b_idx;
CREATE INDEX IF NOT EXISTS orders_b_idx ON orders (b DESC) WHERE b > 0;
