-- One reason serves all rules of a comment.
-- pgsquint: allow drop-table, drop-column -- nobody reads it
DROP TABLE orders;
-- pgsquint: allow-file select-star -- generated
-- One that names no rule has another problem.
-- pgsquint: allow drop-tables
DROP TABLE customers;
