-- They look first.
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN IF NOT EXISTS total numeric;
CREATE INDEX IF NOT EXISTS orders_total_idx ON orders (total);
CREATE OR REPLACE VIEW totals AS SELECT total FROM orders;
DROP VIEW IF EXISTS totals;
DROP TABLE IF EXISTS customers;
-- The same twice is the same.
ALTER TABLE orders ALTER COLUMN total SET NOT NULL;
ALTER TABLE invoices DROP CONSTRAINT a, ADD CONSTRAINT a CHECK (b > 0);
COMMENT ON TABLE orders IS 'x';
GRANT SELECT ON orders TO reader;
-- A failed one leaves an INVALID index, which IF NOT EXISTS would keep.
CREATE INDEX CONCURRENTLY orders_id_idx ON orders (id);
-- Rows are not known.
INSERT INTO orders VALUES (1, 1);
SET lock_timeout = '5s';
-- All or nothing.
BEGIN;
CREATE TABLE customers (id bigint PRIMARY KEY);
COMMIT;
DO $$ BEGIN CREATE TABLE invoices (id bigint); END $$;
