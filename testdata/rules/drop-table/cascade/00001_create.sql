-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE VIEW emails AS SELECT email FROM users;
CREATE VIEW ids AS SELECT id FROM users;
CREATE TABLE settings (id bigint PRIMARY KEY, value text);
CREATE TABLE copied (id bigint PRIMARY KEY, value text);
CREATE TABLE undone (id bigint);
