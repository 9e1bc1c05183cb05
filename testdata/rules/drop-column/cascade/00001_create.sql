-- +goose Up
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text,
    fax text,
    phone text,
    loud text GENERATED ALWAYS AS (upper(email)) STORED
);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TABLE gone (id bigint, note text);
CREATE TABLE sums (a int, b int, total int GENERATED ALWAYS AS (a + b) STORED);
