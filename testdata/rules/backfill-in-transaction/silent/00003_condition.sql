-- +goose Up
-- Some rows.
UPDATE users SET city = 'b' WHERE city = 'a';
UPDATE users SET city = 'b' WHERE email IS NULL;
UPDATE users SET city = 'b' WHERE city IS NULL AND email LIKE '%@b';
UPDATE users SET city = c.name FROM cities c WHERE c.id = users.id;
UPDATE users SET city = 'b' WHERE false;
DELETE FROM users WHERE city IS NULL;
DELETE FROM users USING cities c WHERE c.id = users.id;
-- Rows that are elsewhere.
UPDATE v SET city = '';
-- Not now.
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC UPDATE users SET city = ''; END;
