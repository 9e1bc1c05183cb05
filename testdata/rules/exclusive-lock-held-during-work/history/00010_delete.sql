-- +goose Up
ALTER TABLE users ADD COLUMN d integer;
DELETE FROM orders;
