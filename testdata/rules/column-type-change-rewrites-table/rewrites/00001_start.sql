-- +goose Up
-- +goose NO TRANSACTION
CREATE TYPE state AS ENUM ('new', 'done');
CREATE SCHEMA app;
CREATE TABLE orders (
    id integer PRIMARY KEY, amount integer NOT NULL DEFAULT 0 CHECK (amount >= 0),
    name varchar(100), note text, code char(10), at timestamp, seen timestamptz,
    state text, tags varchar(10)[], paid timestamp, "Data" json
);
CREATE INDEX orders_amount_idx ON orders (amount DESC, name);
CREATE INDEX orders_paid_idx ON orders (paid) WHERE name IS NOT NULL;
CREATE INDEX orders_high_idx ON orders (name) WHERE amount > 100;
CREATE TABLE app.items (id bigserial PRIMARY KEY, order_id integer);
