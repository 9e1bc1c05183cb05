-- The directive must be the first bytes of the file.
-- no-transaction
CREATE INDEX CONCURRENTLY orders_date_idx ON orders (placed_at);
