-- +goose Up
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    born date NOT NULL DEFAULT now(),
    fax text
);
CREATE TABLE tags (id bigint PRIMARY KEY, name text);

-- +goose Down
DROP TABLE users, tags;
