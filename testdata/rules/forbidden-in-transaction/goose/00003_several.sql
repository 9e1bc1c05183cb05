-- +goose Up
ALTER TABLE orders ADD COLUMN total integer;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

-- +goose Down
ALTER TABLE orders DROP COLUMN total;
