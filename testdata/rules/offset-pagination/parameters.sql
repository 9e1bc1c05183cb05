CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL, created_at timestamptz NOT NULL);
-- name: Posts :many
SELECT id FROM posts WHERE author_id = @author::bigint ORDER BY created_at DESC LIMIT @size OFFSET @start;
-- name: MorePosts :many
SELECT id FROM posts WHERE author_id = sqlc.arg('author') ORDER BY id LIMIT sqlc.arg(size) OFFSET sqlc.arg(start);
-- :name posts :? :*
SELECT id FROM posts WHERE author_id = :author ORDER BY created_at, id LIMIT :size OFFSET :start;
-- psycopg
SELECT id FROM posts WHERE author_id = %(author)s ORDER BY id LIMIT %(size)s OFFSET %(start)s;
SELECT id FROM posts WHERE author_id = %s ORDER BY created_at, id LIMIT %s OFFSET %s;
-- JDBC
SELECT id FROM posts WHERE author_id = ? ORDER BY created_at, id LIMIT ? OFFSET ?;
-- Each ? stands for one value: in two directions they would have to be repeated.
SELECT id FROM posts WHERE author_id = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?;
-- Casts and operators are no parameters.
SELECT id::text FROM posts WHERE '{}'::jsonb ? 'a' ORDER BY id LIMIT $1 OFFSET $2;
