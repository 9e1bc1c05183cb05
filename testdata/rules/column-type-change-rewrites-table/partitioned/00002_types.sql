-- +goose Up
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ALTER COLUMN name TYPE varchar(20);
ALTER TABLE events ALTER COLUMN id TYPE bigint;
