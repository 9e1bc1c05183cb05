-- goose begins a transaction, and the file another.
-- +goose Up
BEGIN;
VACUUM orders;
COMMIT;

-- +goose Down
