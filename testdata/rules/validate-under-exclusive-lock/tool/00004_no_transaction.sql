-- +goose NO TRANSACTION
-- +goose Up
-- As it should be, too.
ALTER TABLE orders ADD CONSTRAINT orders_minimum CHECK (total > 1) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_minimum;
