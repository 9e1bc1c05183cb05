-- Silent: nobody uses a table that this migration makes.
CREATE TABLE orders (id bigint, a bigint);
CREATE INDEX orders_a_idx ON orders (a);
DROP INDEX orders_a_idx;
CREATE TEMPORARY TABLE scratch (id bigint);
CREATE INDEX scratch_idx ON scratch (id);
DROP INDEX scratch_idx;
