-- +goose NO TRANSACTION
-- +goose Up
-- The down step before this is another section.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total_idx ON orders (total);
-- +goose Down
SELECT 1;
