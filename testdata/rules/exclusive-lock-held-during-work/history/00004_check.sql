-- +goose Up
ALTER TABLE users ADD COLUMN age integer;
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);
