-- pgsquint: allow drop-tabel
DROP TABLE orders;

ALTER TABLE orders DROP COLUMN fax; -- pgsquint: allow drop_column, dropcolumn

-- pgsquint: allow-file indexbuild-blocks-writes
