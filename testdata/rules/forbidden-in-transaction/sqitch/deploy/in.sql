-- Deploy orders:in to pg
BEGIN;
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
COMMIT;
