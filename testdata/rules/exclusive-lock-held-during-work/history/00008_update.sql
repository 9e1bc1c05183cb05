-- +goose Up
ALTER TABLE users ADD COLUMN b integer;
UPDATE orders SET total = total * 2 WHERE at < now();
