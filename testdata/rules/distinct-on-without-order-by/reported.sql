SELECT DISTINCT ON (customer_id) customer_id, id FROM orders;
SELECT DISTINCT ON (o.customer_id, o.kind) o.* FROM orders o ORDER BY o.customer_id, kind DESC;
SELECT DISTINCT ON (date_trunc('day', at)) id FROM orders;
SELECT DISTINCT ON (1) customer_id, id FROM orders ORDER BY customer_id;
INSERT INTO last (id) SELECT s.id FROM (SELECT DISTINCT ON (k) k, id FROM t) AS s;
-- Of a known table it is a warning.
CREATE TABLE steps (id int PRIMARY KEY, action int, name text);
CREATE TABLE runs (id int PRIMARY KEY, step int);
SELECT DISTINCT ON (action) action, name FROM steps;
SELECT DISTINCT ON (s.id) s.name, r.id FROM steps s JOIN runs r ON r.step = s.id;
