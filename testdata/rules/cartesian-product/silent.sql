CREATE TABLE customers (id bigint PRIMARY KEY, city text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric);
CREATE TABLE items (order_id bigint REFERENCES orders, n int);
-- Silent: a condition names both, whatever it says of them.
SELECT o.id FROM orders o, customers c WHERE o.customer_id = c.id;
SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id JOIN customers c ON c.id > o.id + i.n;
SELECT a.id FROM orders a, orders b WHERE a.id < b.id;
SELECT o.id FROM orders o, customers c WHERE EXISTS (
    SELECT 1 FROM items i WHERE i.order_id = o.id AND i.n = c.id);
SELECT o.id FROM orders o JOIN items ON order_id = id;
SELECT x.id FROM orders x NATURAL JOIN customers y, items i WHERE i.order_id = x.id;
-- Silent: all pairs are meant.
SELECT o.id FROM orders o CROSS JOIN customers;
SELECT o.id FROM orders o LEFT JOIN customers ON true;
-- Silent: functions, LATERAL.
SELECT o.id FROM orders o, generate_series(1, 3) AS n;
SELECT o.id FROM orders o, LATERAL (SELECT i.n FROM items i WHERE i.order_id = o.id) AS s;
SELECT u FROM customers c, unnest(string_to_array(c.city, ',')) AS u, items i WHERE i.n = length(u);
-- Silent: one row at most.
SELECT o.id, t.total FROM orders o, (SELECT sum(total) AS total FROM orders) AS t;
WITH bounds AS (SELECT 1 AS low, 9 AS high), wide AS (SELECT high + 1 AS top FROM bounds)
SELECT o.id FROM orders o, bounds, wide;
SELECT o.id FROM orders o, customers c WHERE c.id = 7;
SELECT o.id FROM orders o, (SELECT id FROM customers ORDER BY id LIMIT 1) AS c;
WITH new AS (INSERT INTO customers (id) VALUES (1) RETURNING id)
INSERT INTO orders (id, customer_id) SELECT o.id, new.id FROM orders o, new;
CREATE TEMPORARY TABLE until AS SELECT now() AS at;
SELECT o.id, u.at FROM orders o, until u;
-- Silent: nobody knows whose columns these are, or what the template says.
SELECT x FROM a, b WHERE y = z;
SELECT a.x FROM a, b WHERE {{ condition }};
