-- Silent: an index has the expression.
SELECT id FROM users u WHERE lower(u.name) = $1;
SELECT id FROM users WHERE lower(name) = lower($1);
-- Silent: no index leads with the column, or it stands alone.
SELECT id FROM orders WHERE lower(phone) = $1;
SELECT id FROM users WHERE email = lower($1);
-- Silent: another condition is served, or the rows are joined.
SELECT id FROM users WHERE id = $1 AND lower(email) = $2;
SELECT u.id FROM users u JOIN orders o ON lower(u.email) = o.phone;
-- Silent: nobody knows the table.
SELECT id FROM people WHERE lower(email) = $1;

-- Nothing is read from.
INSERT INTO orders (id) SELECT 1 WHERE lower($1) = $2;
SELECT 1 WHERE lower($1) = $2 ORDER BY 1;
-- Silent: a varchar is a text without any cast.
SELECT id FROM orders WHERE code::text = $1;
