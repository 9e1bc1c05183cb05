-- +goose Up
-- For information: drop-table and drop-column have spoken of the code.
DROP TABLE prices;
ALTER TABLE tickets DROP COLUMN level;
DROP TYPE unit, level;
-- Rolled back: the column is still there to be changed.
BEGIN;
ALTER TABLE tickets DROP COLUMN state;
ROLLBACK;
ALTER TABLE tickets ALTER COLUMN state TYPE text;
DROP TYPE state;
