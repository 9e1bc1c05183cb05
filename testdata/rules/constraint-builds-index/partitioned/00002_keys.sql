-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id, day);
ALTER TABLE orders ADD UNIQUE (number, day) DEFERRABLE;
-- Silent: the index is made, but neither built nor valid yet.
ALTER TABLE ONLY orders ADD CONSTRAINT orders_number_day_key UNIQUE (number, day);
