-- Queries of the application, as sqlc reads them.

-- name: ListOrders :many
SELECT * FROM orders WHERE customer_id = $1;

-- name: PageOrders :many
SELECT id, status, total
FROM orders
WHERE customer_id = $1
ORDER BY placed_at DESC, id DESC
LIMIT 20 OFFSET $2;

-- The next page by what the last one ended with, in columns that are named.
-- name: NextOrders :many
SELECT id, status, total
FROM orders
WHERE customer_id = $1 AND (placed_at, id) < ($2, $3)
ORDER BY placed_at DESC, id DESC
LIMIT 20;

-- name: CountOrders :one
SELECT count(*) FROM orders WHERE customer_id = $1;
