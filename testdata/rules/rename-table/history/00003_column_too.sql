-- +goose Up
-- Silent: the view has the columns by their old names.
ALTER TABLE logs RENAME TO entries;
ALTER TABLE entries RENAME COLUMN id TO number;
CREATE VIEW logs AS SELECT number AS id FROM entries;
-- Silent: taken back.
SAVEPOINT s;
ALTER TABLE remarks RENAME TO comments;
ROLLBACK TO s;
