-- pgsquint: allow everything
DROP TABLE orders;
/* pgsquint: allow locking/drop-table -- a family is not part of the name */
DROP TABLE customers;
