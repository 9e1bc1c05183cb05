-- It fails there: forbidden-in-transaction says so.
BEGIN;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
ALTER TABLE orders ADD COLUMN tax numeric;
COMMIT;
