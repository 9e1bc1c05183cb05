-- no-transaction
-- Silent: the first line opts out.
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
