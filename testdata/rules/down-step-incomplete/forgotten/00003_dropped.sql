-- +goose Up
DROP TRIGGER orders_touch ON orders;
DROP FUNCTION touch() CASCADE;
DROP VIEW open_orders;
DROP INDEX orders_user_id_idx;
ALTER TABLE orders DROP COLUMN total, DROP CONSTRAINT orders_user_id_fkey;
DROP TABLE users;
DROP SEQUENCE ticket_number;
DROP SCHEMA audit;

-- +goose Down
CREATE SCHEMA audit;
