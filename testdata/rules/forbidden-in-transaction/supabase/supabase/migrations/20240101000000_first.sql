-- Silent: the first of a pipeline is in no transaction yet.
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
ALTER TABLE orders ADD COLUMN c integer;
