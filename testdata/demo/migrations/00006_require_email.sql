-- The server reads the whole table while everybody else waits.

-- +goose Up
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;

-- +goose Down
ALTER TABLE customers ALTER COLUMN email DROP NOT NULL;
