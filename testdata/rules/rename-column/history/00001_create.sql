-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50), email text);
CREATE TABLE logs (id bigint, line text);
CREATE VIEW active AS SELECT id, name FROM users;
CREATE TYPE size AS (width integer, height integer);
