-- Silent: the columns are named.
SELECT order_id, email FROM orders JOIN customers USING (customer_id);
SELECT order_id FROM orders CROSS JOIN customers;
