CREATE TABLE customers (id bigint PRIMARY KEY, city text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, city text);
-- Silent: a condition names both.
UPDATE orders SET city = customers.city FROM customers WHERE customer_id = customers.id;
UPDATE orders SET city = c.city FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE orders.id = o.id;
DELETE FROM orders USING customers c WHERE c.id = orders.customer_id AND c.city = 'Atlantis';
-- Silent: one row at most, or a function's.
UPDATE orders SET city = s.city FROM (SELECT max(city) AS city FROM customers) AS s;
UPDATE orders SET city = c.city FROM customers c WHERE c.id = 3;
UPDATE orders SET city = n::text FROM generate_series(1, 2) AS n;
WITH new AS (INSERT INTO customers (id) VALUES (1) RETURNING id)
UPDATE orders SET customer_id = new.id FROM new;
-- Silent: no FROM.
UPDATE orders SET city = NULL WHERE id = 1;
-- Silent: nobody knows whose columns these are.
UPDATE a SET x = 1 FROM b WHERE y = z;
-- A key of the sub-select's table is compared with a value: one row at most.
CREATE TABLE settings (id integer PRIMARY KEY, name text UNIQUE, value text);
UPDATE orders SET city = s.value FROM (SELECT * FROM settings WHERE name = 'city') AS s WHERE orders.city IS NULL;
UPDATE orders SET city = s.value FROM (SELECT value FROM settings WHERE id = 1) AS s WHERE orders.city IS NULL;
-- Of the only row there is nothing to say but whether it goes.
CREATE TABLE leaders (name text PRIMARY KEY DEFAULT 'only' CHECK (name = 'only'));
DELETE FROM leaders USING customers c WHERE c.city = 'Rome';
-- Any row of one.
UPDATE orders SET city = leaders.name FROM leaders;
