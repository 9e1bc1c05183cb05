-- Queries of the application, as yesql and aiosql read them.

-- name: list-orders
SELECT * FROM orders WHERE customer_id = :customer_id;

-- name: page-orders
SELECT id, status, total
FROM orders
WHERE customer_id = :customer_id
ORDER BY placed_at DESC, id DESC
LIMIT 20 OFFSET :skipped;

-- The next page by what the last one ended with, in columns that are named.
-- name: next-orders
SELECT id, status, total
FROM orders
WHERE customer_id = :customer_id AND (placed_at, id) < (:last_placed_at, :last_id)
ORDER BY placed_at DESC, id DESC
LIMIT 20;

-- name: count-orders
SELECT count(*) FROM orders WHERE customer_id = :customer_id;
