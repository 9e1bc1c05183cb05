-- +goose Up
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, customer_id bigint);
CREATE DOMAIN amount AS numeric;
CREATE SCHEMA app;
CREATE DOMAIN app."Name" AS text;
CREATE TABLE app.invoices (id bigint PRIMARY KEY);

-- +goose Down
SELECT 1;
