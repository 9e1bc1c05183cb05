-- Silent: what used the columns goes first, or along.
CREATE TABLE orders (id bigint PRIMARY KEY, total integer, state text);
CREATE VIEW states AS SELECT state FROM orders;
CREATE VIEW totals AS SELECT total FROM orders;
DROP VIEW states;
ALTER TABLE orders DROP COLUMN state;
ALTER TABLE orders DROP COLUMN total CASCADE;
DROP TABLE orders;
