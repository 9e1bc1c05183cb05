-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, a bigint, c bigint, d bigint);
CREATE TABLE users (id bigint, b bigint);
CREATE INDEX orders_a_idx ON orders (a);
CREATE INDEX users_b_idx ON users (b);
CREATE INDEX orders_d_idx ON orders (d);
CREATE INDEX orders_c_idx ON orders (c);
CREATE TABLE parts (id bigint, a bigint) PARTITION BY LIST (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
CREATE INDEX parts_a_idx ON parts (a);
