-- +goose Up
CREATE TABLE orders (id serial PRIMARY KEY, small smallserial, n integer);
CREATE SCHEMA app;
CREATE TABLE app."Orders" ("Id" serial PRIMARY KEY);

-- +goose Down
SELECT 1;
