-- +goose Up
DROP TABLE users, orders_2023;
-- Silent: it was dropped before.
DROP TABLE IF EXISTS users;
ALTER TABLE logs RENAME TO old_logs;

-- +goose Down
CREATE TABLE users (id bigint PRIMARY KEY);
