DROP TABLE customers;
ROLLBACK;
DROP TABLE invoices;
