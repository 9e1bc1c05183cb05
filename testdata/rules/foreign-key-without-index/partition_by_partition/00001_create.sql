-- Silent: every partition has an index of its own, and an attached partition's
-- key is its parent's.
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (day date, user_id bigint REFERENCES users)
    PARTITION BY RANGE (day);
CREATE TABLE orders_2023 PARTITION OF orders
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE INDEX ON orders_2023 (user_id);
CREATE TABLE orders_2024 (day date, user_id bigint REFERENCES users);
CREATE INDEX ON orders_2024 (user_id);
ALTER TABLE orders ATTACH PARTITION orders_2024
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
