-- +goose Up
-- Silent: who reads a varchar(100) reads a varchar(200).
DROP VIEW titles;
ALTER TABLE posts ALTER COLUMN title TYPE varchar(200);
CREATE VIEW titles AS SELECT id, title FROM posts;
