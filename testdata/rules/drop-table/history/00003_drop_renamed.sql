-- +goose Up
DROP TABLE old_logs;
-- The users of today are made here: the others are gone already.
CREATE TABLE users (id bigint PRIMARY KEY);
DROP TABLE users;
