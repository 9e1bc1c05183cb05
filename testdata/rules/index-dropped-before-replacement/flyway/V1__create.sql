CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer);
CREATE INDEX orders_a_idx ON orders (a);
