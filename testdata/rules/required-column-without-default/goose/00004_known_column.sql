-- Silent: the column exists, so nothing is added.
-- +goose Up
ALTER TABLE orders ADD COLUMN IF NOT EXISTS status text NOT NULL;

-- +goose Down
