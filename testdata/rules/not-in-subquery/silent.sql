CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric NOT NULL);
-- Silent: the column is NOT NULL.
SELECT id FROM users WHERE id NOT IN (SELECT id FROM orders);
SELECT id FROM users WHERE id NOT IN (SELECT o.total FROM orders o JOIN users u ON true);
-- Silent: the condition is true of no null, also of a table nobody knows.
SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM orders WHERE user_id IS NOT NULL);
SELECT id FROM users WHERE id NOT IN (SELECT p.user_id FROM payments p WHERE p.user_id > 0 AND p.ok);
SELECT id FROM users WHERE id NOT IN (SELECT coalesce(user_id, 0) FROM orders);
SELECT id FROM users WHERE id NOT IN (VALUES (1), (2));
SELECT id FROM users WHERE id NOT IN (SELECT count(*) FROM orders);
-- Silent: a list, IN, NOT EXISTS.
SELECT id FROM users WHERE id NOT IN (1, 2);
SELECT id FROM users WHERE id IN (SELECT user_id FROM orders);
SELECT id FROM users WHERE NOT EXISTS (SELECT 1 FROM orders WHERE user_id = users.id);
SELECT id FROM users WHERE id NOT IN (SELECT min(id) FROM orders GROUP BY user_id);
