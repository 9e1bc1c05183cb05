-- +goose Up
ALTER TABLE users RENAME COLUMN phone TO telephone;
ALTER TABLE users DROP COLUMN telephone;
