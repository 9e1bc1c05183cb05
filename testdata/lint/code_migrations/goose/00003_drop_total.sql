-- +goose Up
ALTER TABLE orders DROP COLUMN total;
-- +goose Down
ALTER TABLE orders ADD COLUMN total integer;
