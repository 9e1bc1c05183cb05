CREATE TABLE customers (id bigint PRIMARY KEY, city text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, city text);
UPDATE orders SET city = customers.city FROM customers WHERE orders.city IS NULL;
UPDATE orders SET city = c.city FROM orders o JOIN customers c ON c.id = o.customer_id;
DELETE FROM orders USING customers c WHERE c.city = 'Atlantis';
WITH moved AS (SELECT id FROM customers WHERE city = 'Rome')
UPDATE orders SET city = 'Rome' FROM moved WHERE customer_id IN (SELECT id FROM moved);
UPDATE a SET x = b.y FROM b;
