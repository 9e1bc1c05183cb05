-- Silent: an index serves it.
SELECT id FROM users WHERE email = $1 AND name = $2;
SELECT id FROM users WHERE id = ANY ($1);
SELECT id FROM orders WHERE user_id = $1 AND total > 3;
SELECT id FROM users WHERE team = $1 AND active;
SELECT id FROM users WHERE lower(name) = $1;
SELECT id FROM users WHERE email = $1 OR id = $2;
SELECT id FROM users WHERE (at, id) < ($1, $2) AND name = $3;
-- Silent: it is found through a join, or in the order that LIMIT wants.
SELECT o.id FROM users u JOIN orders o ON o.user_id = u.id WHERE u.email = $1 AND o.phone = $2;
SELECT id FROM users WHERE name = $1 ORDER BY at DESC LIMIT 10;
-- Silent: nothing is compared with a value; half of the rows have it.
SELECT u.id FROM users u JOIN orders o ON o.user_id = u.id;
SELECT id FROM users WHERE active;
-- Silent: nobody knows the table.
SELECT id FROM payments WHERE phone = $1;
