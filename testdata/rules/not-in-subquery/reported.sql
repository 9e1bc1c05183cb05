CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric NOT NULL);
SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM orders);
DELETE FROM users u WHERE u.id NOT IN (SELECT o.user_id FROM orders o WHERE o.total > 0 OR o.id = 7);
SELECT id FROM users WHERE NOT (id IN (SELECT user_id FROM orders));
SELECT id FROM users WHERE id <> ALL (SELECT user_id FROM orders WHERE id > 3);
SELECT id FROM users WHERE name NOT IN (SELECT 'a' UNION SELECT NULL);
SELECT id FROM orders WHERE id NOT IN (SELECT o.id FROM users u LEFT JOIN orders o ON o.user_id = u.id);
-- An info: nobody knows the table, or what the expression gives.
SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM payments);
SELECT id FROM users WHERE id NOT IN (SELECT max(user_id) FROM orders GROUP BY total);
