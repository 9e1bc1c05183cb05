-- name: Things :many
SELECT * FROM things;
