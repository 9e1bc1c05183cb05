-- +goose Up
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY,
    role text NOT NULL DEFAULT 'reader',
    note text DEFAULT '',
    age integer,
    day date DEFAULT now(),
    old text DEFAULT ''
);
