-- By now the table has rows.
-- +goose Up
ALTER TABLE orders ADD COLUMN status text NOT NULL;

-- +goose Down
ALTER TABLE orders DROP COLUMN status;
