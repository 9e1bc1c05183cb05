-- +goose Up
-- Silent: what goes along is made again.
DROP VIEW happy CASCADE;
CREATE VIEW happy AS SELECT id, email FROM people;
CREATE VIEW happier AS SELECT id FROM happy;
