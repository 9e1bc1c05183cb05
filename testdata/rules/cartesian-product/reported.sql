CREATE TABLE customers (id bigint PRIMARY KEY, city text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric);
CREATE TABLE items (order_id bigint REFERENCES orders, n int);
SELECT c.city, sum(o.total) FROM orders o, customers c GROUP BY c.city;
SELECT o.id FROM orders o, items, customers c WHERE o.customer_id = c.id;
SELECT o.id FROM orders o JOIN customers c ON c.city = 'Rome' AND c.id > 3;
-- The wrong alias connects a table with itself.
SELECT o.id FROM orders o JOIN items i ON o.id = o.customer_id;
SELECT 1 FROM orders o, (SELECT c.id FROM customers c) AS s WHERE o.total > 0;
WITH rich AS (SELECT id FROM customers WHERE city = 'Rome')
SELECT o.id FROM orders o, rich;
INSERT INTO items (order_id, n) SELECT o.id, 1 FROM orders o, customers;
CREATE VIEW pairs AS SELECT a.x, b.y FROM a, b WHERE a.x > 3;
