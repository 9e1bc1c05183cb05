-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text,
    UNIQUE (email, name));
-- +goose Down
DROP TABLE users;
