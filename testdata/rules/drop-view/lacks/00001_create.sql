-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, age integer);
CREATE VIEW active AS SELECT id, email FROM users;
CREATE VIEW ages AS SELECT id, age FROM users;
