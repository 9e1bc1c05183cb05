-- name: GetUser :one
SELECT * FROM users WHERE id = $1;

-- name: ListUsers :many
SELECT id FROM users WHERE name = sqlc.arg(name) AND age > @min_age LIMIT ? OFFSET ?;

/* @name FindUsers
   @param ids -> (...) */
SELECT id FROM users WHERE id IN :ids! AND payload ? 'key';
