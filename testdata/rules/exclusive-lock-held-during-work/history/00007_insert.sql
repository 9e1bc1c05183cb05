-- +goose Up
ALTER TABLE users ADD COLUMN a integer;
CREATE TABLE people (id bigint, email text);
INSERT INTO people SELECT id, email FROM users;
