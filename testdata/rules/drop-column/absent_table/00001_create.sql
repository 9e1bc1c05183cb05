-- +goose Up
CREATE TABLE orders (id bigint, email text);
ALTER TABLE orders RENAME TO sales;
