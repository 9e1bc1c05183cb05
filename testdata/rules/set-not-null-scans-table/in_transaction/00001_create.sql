-- +goose Up
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    email text,
    city text NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY
);
