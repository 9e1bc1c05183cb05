-- +goose Up
ALTER TABLE orders ADD CONSTRAINT total_small CHECK (total < 9) NOT VALID;
