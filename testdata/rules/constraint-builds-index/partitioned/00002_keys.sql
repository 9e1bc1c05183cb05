-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id, day);
ALTER TABLE orders ADD UNIQUE (number, day) DEFERRABLE;
