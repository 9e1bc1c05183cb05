-- Silent: nobody uses a table that this migration makes.
CREATE TABLE orders (id bigint PRIMARY KEY);
CLUSTER orders USING orders_pkey;
ALTER TABLE orders SET UNLOGGED;
ALTER TABLE orders SET TABLESPACE fast;
-- Silent: tables are logged, in heap and in pg_default unless somebody said otherwise.
ALTER TABLE users SET LOGGED;
ALTER TABLE users SET ACCESS METHOD heap;
ALTER TABLE users SET TABLESPACE pg_default;
-- Silent: this one only remembers the index.
ALTER TABLE users CLUSTER ON users_pkey;
ALTER TABLE users SET WITHOUT CLUSTER;
