VACUUM FULL orders;
VACUUM (FULL, ANALYZE) app."Orders", users;
VACUUM FULL;
CLUSTER orders USING orders_pkey;
CLUSTER;
ALTER TABLE orders SET UNLOGGED;
ALTER TABLE orders ADD COLUMN note text, SET LOGGED;
ALTER TABLE orders SET TABLESPACE fast;
alter table app."Orders" set access method columnar;
-- Silent: dead rows' space is given to new ones while everybody works.
VACUUM orders;
VACUUM (FULL false) orders;
VACUUM (ANALYZE) orders;
