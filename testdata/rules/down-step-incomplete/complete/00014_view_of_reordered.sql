-- +goose Up
CREATE TABLE notes (id bigint PRIMARY KEY, day date, body text);
CREATE VIEW all_notes AS SELECT * FROM notes;

-- +goose Down
DROP VIEW all_notes;
DROP TABLE notes;
