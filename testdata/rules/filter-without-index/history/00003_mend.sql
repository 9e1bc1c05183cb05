-- +goose Up
CREATE INDEX posts_author ON posts (author);
CREATE OR REPLACE VIEW by_place AS SELECT id FROM posts WHERE id = 1;
DROP VIEW by_title;
CREATE OR REPLACE FUNCTION find_place(wanted text) RETURNS SETOF bigint LANGUAGE sql AS 'SELECT 1';
-- +goose Down
DROP INDEX posts_author;
