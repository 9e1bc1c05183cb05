-- +goose Up
CREATE TABLE posts (id bigint PRIMARY KEY, title varchar(100));
CREATE VIEW titles AS SELECT id, title FROM posts;
-- +goose Down
DROP VIEW titles;
DROP TABLE posts;
