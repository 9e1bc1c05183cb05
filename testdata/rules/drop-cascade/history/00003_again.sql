-- +goose Up
CREATE VIEW happy AS SELECT id, email FROM people;
CREATE VIEW happier AS SELECT id FROM happy;
