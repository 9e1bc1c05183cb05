-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    day date,
    user_id bigint REFERENCES users,
    seller bigint REFERENCES users
) PARTITION BY RANGE (day);
CREATE TABLE orders_2023 PARTITION OF orders
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE orders_2024 PARTITION OF orders
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- Silent for the key to the seller: the partitions get the parent's index.
CREATE INDEX ON orders (seller);
