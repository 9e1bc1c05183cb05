CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer);
CREATE INDEX orders_abc_idx ON orders (c, a, b);
CREATE INDEX orders_b_idx ON orders (c, b);
CREATE INDEX orders_hash ON orders USING gist (a, c);
