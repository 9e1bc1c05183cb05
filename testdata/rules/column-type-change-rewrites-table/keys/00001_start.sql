-- +goose Up
CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users (id));
