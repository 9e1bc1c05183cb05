-- One string is one transaction: one finding for the table.
DROP INDEX orders_a_idx, orders_b_idx;
CREATE INDEX orders_a_b_idx ON orders (a, b);
CREATE INDEX IF NOT EXISTS orders_b_idx ON orders (b DESC) WHERE b > 0;
ALTER TABLE orders DROP CONSTRAINT orders_a_b_key;
ALTER TABLE orders ADD CONSTRAINT orders_a_b_key UNIQUE (a, b, id);
