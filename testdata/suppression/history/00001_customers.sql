-- +goose Up
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE drafts (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE drafts;
DROP TABLE customers;
