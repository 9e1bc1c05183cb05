-- The server chooses the constraint's name: no statements are proposed.
-- +goose Up
ALTER TABLE orders ADD CHECK (id < 1000);
