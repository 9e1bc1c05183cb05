-- Silent: the two files are one migration.
CREATE TABLE orders (id bigint PRIMARY KEY);
