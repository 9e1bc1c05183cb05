-- +goose Up
-- +goose NO TRANSACTION
ALTER TABLE orders ALTER COLUMN a TYPE varchar(20);
ALTER TABLE orders ALTER COLUMN c TYPE text;
ALTER TABLE orders ALTER COLUMN d TYPE text;
ALTER TABLE orders ALTER COLUMN e TYPE text COLLATE "C";
-- What has to be unique cannot go.
ALTER TABLE orders ALTER COLUMN f TYPE text;
