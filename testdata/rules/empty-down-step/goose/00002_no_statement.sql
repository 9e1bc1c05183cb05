-- +goose Up
CREATE INDEX orders_total_idx ON orders (total);
ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0;

-- +goose Down
