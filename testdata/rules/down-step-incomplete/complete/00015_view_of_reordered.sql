-- +goose Up
-- The view's columns come back in the order of the table's.
DROP VIEW all_notes;
ALTER TABLE notes DROP COLUMN day;

-- +goose Down
ALTER TABLE notes ADD COLUMN day date;
CREATE VIEW all_notes AS SELECT * FROM notes;
