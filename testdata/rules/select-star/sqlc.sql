-- name: GetOrder :one
SELECT * FROM orders WHERE id = $1;

-- sqlc writes the columns out: no more than info.
/* name: AddOrder :exec */
-- adds an order
INSERT INTO orders (id) VALUES ($1) RETURNING *;

-- name: CopyOrders :exec
INSERT INTO archive SELECT * FROM orders;

-- name: get_orders
-- Another tool's: the query is sent as it stands.
SELECT * FROM orders;

-- name: GetUsers :many
SELECT id FROM users;
SELECT * FROM users;
