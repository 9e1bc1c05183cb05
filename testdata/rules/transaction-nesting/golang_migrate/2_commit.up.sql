CREATE TABLE customers (id bigint PRIMARY KEY);
COMMIT;
CREATE TABLE invoices (id bigint PRIMARY KEY);
