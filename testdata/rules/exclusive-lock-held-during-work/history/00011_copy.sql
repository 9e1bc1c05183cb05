-- +goose Up
ALTER TABLE users ADD COLUMN e integer;
CREATE TABLE old AS SELECT * FROM orders WHERE at < '2000-01-01';
