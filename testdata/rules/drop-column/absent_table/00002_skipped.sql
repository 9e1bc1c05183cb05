-- +goose Up
-- Silent: the table has another name by now, and the server skips it.
ALTER TABLE IF EXISTS orders DROP COLUMN email;
