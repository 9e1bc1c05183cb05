-- +goose Up
-- What the up step makes was not there: that is certain.
ALTER TABLE users ADD COLUMN name text, ADD COLUMN phone text;
CREATE INDEX users_name_idx ON users (name);
CREATE TABLE tokens (id bigint PRIMARY KEY);

-- +goose Down
ALTER TABLE users DROP COLUMN phone;
