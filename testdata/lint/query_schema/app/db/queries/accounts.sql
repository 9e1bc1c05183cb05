-- name: Orphans :many
SELECT a.id, n.id FROM accounts AS a JOIN notes AS n ON n.account_id = a.id
WHERE a.id NOT IN (SELECT parent_id FROM accounts);

-- name: Leaves :many
SELECT id FROM accounts WHERE id NOT IN (SELECT account_id FROM notes);

-- name: Account :one
SELECT * FROM accounts WHERE id = $1;

-- Gone since the second migration.
-- name: Bodies :many
SELECT body FROM notes WHERE account_id = $1;
