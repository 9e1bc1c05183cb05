ALTER TABLE orders ADD COLUMN total numeric;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
