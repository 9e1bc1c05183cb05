-- +goose Up
CREATE TABLE orders (id bigint) PARTITION BY LIST (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1);
CREATE TABLE events (id bigint) PARTITION BY LIST (id);
