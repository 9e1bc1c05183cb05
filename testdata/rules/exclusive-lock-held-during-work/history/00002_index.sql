-- +goose Up
ALTER TABLE users ADD COLUMN name text;
CREATE INDEX orders_user_id_idx ON orders (user_id);
-- Told once a transaction.
CREATE INDEX users_email_idx ON users (email);
-- +goose Down
ALTER TABLE users DROP COLUMN name;
DELETE FROM users;
