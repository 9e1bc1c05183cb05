CREATE TABLE customers (customer_id bigint PRIMARY KEY, email text, "Name" text);
CREATE TABLE orders (order_id bigint PRIMARY KEY, customer_id bigint, "Name" text);
SELECT order_id, email FROM orders NATURAL JOIN customers;
SELECT order_id, email FROM orders NATURAL LEFT JOIN customers AS c;
SELECT order_id FROM orders NATURAL RIGHT JOIN customers;
SELECT order_id FROM orders NATURAL FULL JOIN payments;
SELECT order_id FROM orders NATURAL JOIN (SELECT customer_id FROM vip) AS v;
