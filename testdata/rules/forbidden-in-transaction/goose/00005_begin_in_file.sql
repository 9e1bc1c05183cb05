-- The directive alone does not help: BEGIN is in the file.
-- +goose NO TRANSACTION
-- +goose Up
BEGIN;
VACUUM orders;
COMMIT;

-- +goose Down
