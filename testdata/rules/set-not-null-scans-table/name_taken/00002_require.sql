-- +goose NO TRANSACTION
-- +goose Up
-- The help needs another name for its constraint.
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
