-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE orders (
    email text CONSTRAINT orders_email_not_null CHECK (email <> '')
);
