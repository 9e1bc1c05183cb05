-- +goose Up
CREATE TABLE posts (id bigint PRIMARY KEY, author bigint, place text, title text, state text);
CREATE TABLE logs (id bigint PRIMARY KEY, job bigint, level text, at timestamptz);
CREATE TABLE jobs (id bigint PRIMARY KEY, name text);
CREATE INDEX posts_state ON posts (state) WHERE title IS NULL;
-- +goose Down
DROP TABLE jobs;
DROP TABLE logs;
DROP TABLE posts;
