-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint, day date, user_id bigint) PARTITION BY RANGE (day);
CREATE TABLE orders_2023 PARTITION OF orders
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE orders_2024 PARTITION OF orders
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (day);
CREATE TABLE orders_2024_h1 PARTITION OF orders_2024
    FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
-- Its partitions are made by a job.
CREATE TABLE events (id bigint, day date, user_id bigint) PARTITION BY RANGE (day);
CREATE TABLE parts (id bigint, user_id bigint) PARTITION BY LIST (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
