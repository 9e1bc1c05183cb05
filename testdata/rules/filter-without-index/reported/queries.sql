SELECT id FROM orders WHERE phone = $1;
SELECT id FROM orders o WHERE o.total > 3 AND o.phone = '5550123' AND $2 = phone;
UPDATE orders SET total = 0 WHERE phone IN ('1', '2');
DELETE FROM orders WHERE total BETWEEN $1 AND $2;
SELECT u.id FROM users u JOIN orders o ON o.id = u.team WHERE u.name = $1;
-- The partial index is for another question.
SELECT id FROM users WHERE team = $1;
SELECT id FROM users WHERE name = (SELECT max(name) FROM users WHERE id = 3);
