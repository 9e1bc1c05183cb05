-- +goose Up
CREATE TABLE orders (id bigint, day date, total integer) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- Its partitions are made by a job.
CREATE TABLE events (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE places (id bigint);
CREATE TABLE cities (mayor text) INHERITS (places);
