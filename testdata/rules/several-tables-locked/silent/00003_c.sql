-- +goose NO TRANSACTION
-- +goose Up
-- One after the other.
ALTER TABLE orders ADD COLUMN text text;
ALTER TABLE users ADD COLUMN note text;
