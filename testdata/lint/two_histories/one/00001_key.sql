-- +goose Up
ALTER TABLE accounts_one ADD COLUMN a int;
ALTER TABLE users_one ADD COLUMN b int;

-- +goose Down
ALTER TABLE users_one DROP COLUMN b;
ALTER TABLE accounts_one DROP COLUMN a;
