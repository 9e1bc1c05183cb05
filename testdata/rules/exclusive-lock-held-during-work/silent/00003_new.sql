-- +goose Up
-- New tables, and what has no rows.
ALTER TABLE users ADD COLUMN b integer;
CREATE TABLE notes (id bigint, user_id bigint REFERENCES users);
CREATE INDEX notes_idx ON notes (user_id);
INSERT INTO notes SELECT 1;
UPDATE notes SET id = 2;
DELETE FROM notes;
ALTER TABLE notes ALTER COLUMN id TYPE numeric;
