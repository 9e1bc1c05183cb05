-- pgsquint: allow drop-table
DROP TABLE orders;
-- pgsquint: allow drop-table, drop-column
DROP TABLE customers;
-- pgsquint: allow drop-table --
DROP TABLE invoices;
-- pgsquint: allow-file select-star
