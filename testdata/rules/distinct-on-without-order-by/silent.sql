-- Silent: ORDER BY goes on after the key.
SELECT DISTINCT ON (customer_id) customer_id, id FROM orders
    ORDER BY customer_id, placed_at DESC;
SELECT DISTINCT ON (lower(name)) id FROM t ORDER BY lower(name), id;
SELECT DISTINCT ON (1) a, b FROM t ORDER BY 1, 2;
-- Silent: nothing but the key is given.
SELECT DISTINCT ON (customer_id) customer_id FROM orders;
SELECT DISTINCT ON (low) lower(name) AS low FROM t;
-- Silent: whole rows are compared; no key is given.
SELECT DISTINCT customer_id, id FROM orders;
SELECT DISTINCT ON (k) k, id FROM t WHERE id > 0 {{ order }};
-- Silent: all that is given is of the row with that primary key.
CREATE TABLE steps (id int PRIMARY KEY, action int, name text);
CREATE TABLE runs (id int PRIMARY KEY, step int);
SELECT DISTINCT ON (s.id) s.action, lower(s.name)
    FROM runs r JOIN steps s ON s.id = r.step;
