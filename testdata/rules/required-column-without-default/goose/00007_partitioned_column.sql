-- The rows of its partitions count.
-- +goose Up
ALTER TABLE events ADD COLUMN kind text NOT NULL;

-- +goose Down
ALTER TABLE events DROP COLUMN kind;
