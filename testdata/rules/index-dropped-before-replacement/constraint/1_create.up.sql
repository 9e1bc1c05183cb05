CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer);
CREATE INDEX orders_b_idx ON orders (b);
ALTER TABLE orders ADD CONSTRAINT orders_a_b_key UNIQUE (a, b);
