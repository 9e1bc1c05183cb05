-- Indexes and constraints of the column alone; of columns that all go.
ALTER TABLE orders DROP COLUMN a, DROP COLUMN b;
ALTER TABLE orders DROP COLUMN c, DROP COLUMN d;
-- The primary key leads with what stays.
ALTER TABLE orders DROP COLUMN e;
-- An index of what stays is made in the same migration.
ALTER TABLE orders DROP COLUMN g;
CREATE INDEX orders_f_idx ON orders (f);
-- Its successor has its name.
ALTER TABLE orders DROP COLUMN k, ADD COLUMN m integer;
CREATE INDEX orders_j_k_idx ON orders (m, j);
-- Not known.
ALTER TABLE customers DROP COLUMN name;
-- New.
CREATE TABLE invoices (a integer, b integer);
CREATE INDEX ON invoices (a, b);
ALTER TABLE invoices DROP COLUMN b;
