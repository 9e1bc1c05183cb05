-- +goose Up
CREATE TABLE orders (id integer, day date, name varchar(10)) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX orders_name_idx ON orders (name);
CREATE TABLE events (id integer, day date) PARTITION BY RANGE (day);
