-- The new one first.
CREATE INDEX orders_a_b_idx ON orders (a, b);
DROP INDEX orders_a_idx;
-- Other columns; expressions; another table.
DROP INDEX orders_b_idx, orders_lower_idx;
CREATE INDEX orders_c_b_idx ON orders (c, b);
CREATE INDEX orders_abs_idx ON orders (abs(b));
-- One ALTER TABLE takes the index that was built before.
CREATE UNIQUE INDEX orders_c_key ON orders (c);
ALTER TABLE orders DROP CONSTRAINT old,
    ADD CONSTRAINT orders_c_key UNIQUE USING INDEX orders_c_key;
-- New, and not known.
CREATE TABLE customers (a integer);
CREATE INDEX customers_a_idx ON customers (a);
DROP INDEX customers_a_idx;
CREATE INDEX customers_a_idx ON customers (a);
DROP INDEX invoices_a_idx;
CREATE INDEX invoices_a_idx ON invoices (a);
-- Its predicate does not fit the new type.
DROP INDEX rooms_number_idx;
ALTER TABLE rooms ALTER COLUMN state TYPE integer USING 0;
CREATE INDEX rooms_number_idx ON rooms (number) WHERE state = 0;
