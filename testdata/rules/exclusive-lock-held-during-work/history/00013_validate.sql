-- +goose Up
ALTER TABLE users ADD COLUMN f integer;
ALTER TABLE orders VALIDATE CONSTRAINT total_small;
