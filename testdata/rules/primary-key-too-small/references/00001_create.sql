-- +goose Up
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users);
-- This one is large enough.
CREATE TABLE items (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
