-- +goose Up
ALTER TABLE users ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
-- +goose Down
-- Silent: a down step.
ALTER TABLE users ALTER COLUMN id TYPE integer;
