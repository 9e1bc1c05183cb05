-- Silent: the table has no old rows.
CREATE TABLE orders (id bigint, email text);
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
CREATE TABLE copied AS SELECT * FROM users;
ALTER TABLE copied ALTER COLUMN email SET NOT NULL;
CREATE TEMPORARY TABLE scratch (id bigint);
ALTER TABLE scratch ALTER COLUMN id SET NOT NULL;
CREATE UNIQUE INDEX orders_pkey ON orders (id);
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_pkey;
-- Silent: a foreign table is not read, a domain is no table.
ALTER FOREIGN TABLE remote ALTER COLUMN email SET NOT NULL;
ALTER DOMAIN email SET NOT NULL;
