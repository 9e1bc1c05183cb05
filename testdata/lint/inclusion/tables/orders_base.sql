-- Includes the file that includes it: once is enough.
\ir customers.sql
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);
DROP TABLE archive;
