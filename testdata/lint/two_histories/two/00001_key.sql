-- +goose Up
ALTER TABLE accounts_two ADD COLUMN a int;
ALTER TABLE users_two ADD COLUMN b int;

-- +goose Down
ALTER TABLE users_two DROP COLUMN b;
ALTER TABLE accounts_two DROP COLUMN a;
