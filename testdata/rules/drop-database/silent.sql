-- Silent: nothing is lost.
CREATE DATABASE shop;
ALTER DATABASE shop RENAME TO shop_unused;
-- Silent: the author has said so.
-- pgsquint: allow drop-database -- for tests
DROP DATABASE test;
