-- +goose Up
-- Silent: nothing that this history knows is called that.
DROP TABLE IF EXISTS users;
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE orders_2023 PARTITION OF orders
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE logs (line text);

-- +goose Down
-- Silent: a down step takes away what its up step made.
DROP TABLE orders;
DROP TABLE users, logs;
