CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
ALTER TABLE orders DROP COLUMN state;
ALTER TABLE orders DROP CONSTRAINT orders_total_check;
ALTER TABLE orders RENAME COLUMN state TO status;
CREATE INDEX orders_state_idx ON orders (state);
ALTER TABLE orders DROP COLUMN IF EXISTS state;
ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_total_check;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
