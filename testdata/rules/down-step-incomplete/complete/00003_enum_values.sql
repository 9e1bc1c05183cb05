-- +goose Up
-- A value cannot be dropped.
ALTER TYPE order_state ADD VALUE 'sent';
ALTER TABLE orders ADD COLUMN sent timestamptz;

-- +goose Down
ALTER TABLE orders DROP COLUMN sent;
