-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer);
CREATE UNIQUE INDEX orders_a_b_idx ON orders (a, b);
-- +goose Down
DROP TABLE orders;
