-- +goose Up
DROP VIEW active;
CREATE VIEW active AS SELECT id FROM users;
DROP VIEW ages;
CREATE VIEW ages AS SELECT id, age::text AS age FROM users;
