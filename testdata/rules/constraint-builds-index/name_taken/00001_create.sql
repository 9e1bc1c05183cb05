-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE old_orders (
    id bigint CONSTRAINT orders_pkey PRIMARY KEY,
    number bigint CONSTRAINT orders_number_key UNIQUE
);
CREATE TABLE orders (
    id bigint NOT NULL,
    number bigint,
    code text CONSTRAINT orders_code_key CHECK (code <> '')
);
