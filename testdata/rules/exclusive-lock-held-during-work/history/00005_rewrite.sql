-- +goose Up
ALTER TABLE users DROP COLUMN age;
ALTER TABLE orders ALTER COLUMN id TYPE numeric;
