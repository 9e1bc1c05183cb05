-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, day date NOT NULL);
CREATE TABLE notes (id bigint PRIMARY KEY, body text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE VIEW seen AS SELECT id FROM users;
CREATE TABLE logs (id bigint);
