-- Silent: rules of these names exist, whether they are on or off, and whether
-- they find anything.
-- pgsquint: allow drop-table, drop-column -- a reason, with drop-tabel in it
DROP TABLE orders;
-- pgsquint: allow-file syntax-error
