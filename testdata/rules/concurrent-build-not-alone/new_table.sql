-- On a new table it is done at once.
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
CREATE INDEX CONCURRENTLY customers_name_idx ON customers (name);
