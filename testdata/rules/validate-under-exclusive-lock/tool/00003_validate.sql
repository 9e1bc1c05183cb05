-- +goose Up
-- As it should be.
ALTER TABLE orders VALIDATE CONSTRAINT orders_user;
-- +goose Down
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders VALIDATE CONSTRAINT orders_user;
