-- name: Analyze :exec
ANALYZE notes;

-- name: Lock :exec
LOCK TABLE notes IN SHARE MODE;

-- name: Orphans :many
SELECT id FROM notes WHERE account_id NOT IN (SELECT parent_id FROM accounts);
