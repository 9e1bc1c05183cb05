-- Silent: a B-tree may serve it; the pattern is not known; it is not looked for.
SELECT id FROM users WHERE email LIKE 'a%';
SELECT id FROM users WHERE email LIKE $1;
SELECT id FROM users WHERE email NOT LIKE '%a';
SELECT id FROM users WHERE email LIKE '%';
SELECT email LIKE '%a' FROM users;
-- Silent: another condition is served.
SELECT id FROM orders WHERE user_id = $1 AND phone LIKE '%12';
-- Silent: nobody knows the table.
SELECT id FROM people WHERE email LIKE '%a';
-- Silent: there is no table at all.
SELECT 1 WHERE 'abc' LIKE '%a';
INSERT INTO people (email) SELECT 'a' WHERE $1 LIKE '%a';
-- Silent: there is no trigram in it.
SELECT id FROM users WHERE name LIKE '%_/_%';
