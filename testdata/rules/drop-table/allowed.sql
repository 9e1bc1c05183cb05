-- Silent: the author has said so.
-- pgsquint: allow drop-table -- unused since release 1.4
DROP TABLE orders;
