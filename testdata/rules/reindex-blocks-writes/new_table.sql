-- Silent: nobody uses a table that this migration makes.
CREATE TABLE orders (id bigint PRIMARY KEY);
REINDEX TABLE orders;
REINDEX INDEX orders_pkey;
