-- A detached partition keeps its key, and answers for it alone.
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (day date, user_id bigint REFERENCES users)
    PARTITION BY RANGE (day);
CREATE TABLE orders_2024 (day date, user_id bigint REFERENCES users);
ALTER TABLE orders ATTACH PARTITION orders_2024
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE orders DETACH PARTITION orders_2024;
