-- name: ListBooks :many
SELECT id, title FROM books ORDER BY id;

-- name: GetBook :one
SELECT id, title FROM books WHERE id = $1;
