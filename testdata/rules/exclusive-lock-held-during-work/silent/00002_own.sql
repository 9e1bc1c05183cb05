-- +goose Up
-- What works takes the lock itself: other rules say so.
ALTER TABLE users ADD COLUMN a integer;
ALTER TABLE users ALTER COLUMN city SET NOT NULL;
ALTER TABLE users ADD CONSTRAINT a CHECK (a > 0), ALTER COLUMN a TYPE bigint;
