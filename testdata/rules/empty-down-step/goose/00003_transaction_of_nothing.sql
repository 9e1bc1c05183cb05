-- +goose Up
ALTER TABLE orders DROP COLUMN total;

-- +goose Down
BEGIN;
SET LOCAL lock_timeout = '1s';
COMMIT;
