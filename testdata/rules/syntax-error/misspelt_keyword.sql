-- One wrong statement costs only itself: both around it are judged.
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABEL orders ADD COLUMN total integer;
SELCT id FROM orders;
CREATE INDEX orders_total_idx ON orders (total);
