-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, a bigint);
CREATE INDEX orders_a_idx ON orders (a);
CREATE TABLE logs (line text);
