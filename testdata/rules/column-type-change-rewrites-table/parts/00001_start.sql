-- +goose Up
-- +goose NO TRANSACTION
CREATE TABLE orders (
    id bigint PRIMARY KEY, a varchar(10), b varchar(10), c varchar(10),
    d varchar(10) CONSTRAINT d_given CHECK (d <> ''), e text, f varchar(10)
);
CREATE INDEX orders_a_idx ON orders (a, id DESC) INCLUDE (b) WHERE a IS NOT NULL;
CREATE INDEX orders_c_idx ON orders USING hash (lower(c));
CREATE INDEX orders_d_idx ON orders (d) WHERE d > 'a';
CREATE INDEX orders_e_idx ON orders (e text_pattern_ops, id NULLS FIRST);
CREATE UNIQUE INDEX orders_f_key ON orders (f) WHERE f <> '';
