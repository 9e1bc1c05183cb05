DROP INDEX orders_a_idx;
CREATE INDEX orders_a_b_idx ON orders (a, b);
