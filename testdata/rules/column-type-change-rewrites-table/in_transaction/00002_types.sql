-- +goose Up
ALTER TABLE orders ALTER COLUMN amount TYPE numeric;
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz;
ALTER TABLE orders ALTER COLUMN d TYPE varchar(20);
-- Silent: the session's zone is UTC.
SET LOCAL TimeZone = 'UTC';
ALTER TABLE orders ALTER COLUMN at TYPE timestamp;
