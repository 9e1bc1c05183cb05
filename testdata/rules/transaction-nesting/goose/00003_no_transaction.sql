-- +goose NO TRANSACTION
-- +goose Up
-- The tool has none of its own here.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
