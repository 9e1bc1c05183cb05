-- The index goes with its table, the type does not.
DROP TABLE orders;
