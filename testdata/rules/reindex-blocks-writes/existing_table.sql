REINDEX TABLE orders;
reindex index app.orders_pkey;
REINDEX (VERBOSE) TABLE "Orders";
REINDEX (CONCURRENTLY false) TABLE users;
REINDEX SCHEMA app;
REINDEX DATABASE shop;
-- Silent: others go on.
REINDEX TABLE CONCURRENTLY orders;
REINDEX (CONCURRENTLY) INDEX app.orders_pkey;
-- Silent: catalogs cannot be built otherwise.
REINDEX SYSTEM shop;
