-- Silent: nobody waits for a table that this migration makes.
CREATE TABLE orders (id integer, name varchar(10));
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
CREATE TEMPORARY TABLE scratch (id integer);
ALTER TABLE scratch ALTER COLUMN id TYPE bigint;
-- Silent: rows of a foreign table are not looked at.
ALTER FOREIGN TABLE remote ALTER COLUMN id TYPE bigint;
