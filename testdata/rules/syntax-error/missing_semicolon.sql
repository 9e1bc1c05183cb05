CREATE TABLE orders (id bigint PRIMARY KEY)
CREATE TABLE customers (id bigint PRIMARY KEY);

-- `customers drop` could be a table and its alias, so the parser goes on.
UPDATE orders SET id = id + 1 FROM customers
DROP TABLE customers;
