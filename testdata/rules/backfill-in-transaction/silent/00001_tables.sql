-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, city text);
CREATE TABLE cities (name text, id bigint);
CREATE VIEW v AS SELECT * FROM users;
-- The table is new.
UPDATE users SET city = '';
DELETE FROM users;
