-- Down steps are nobody's hurry.
DROP INDEX orders_a_b_idx;
CREATE INDEX orders_a_idx ON orders (a);
