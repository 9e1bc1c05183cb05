-- Reported: other migrations of this history have a down step.
-- +goose Up
ALTER TABLE orders ADD COLUMN total integer, ADD COLUMN "Note" text;
CREATE INDEX orders_total_idx ON orders (total);
