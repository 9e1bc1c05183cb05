-- +goose Up
ALTER TABLE app.items ADD COLUMN a int;
ALTER TABLE users ADD COLUMN a int;
