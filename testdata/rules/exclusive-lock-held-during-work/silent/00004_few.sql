-- +goose Up
-- Rows that are counted, or of a key.
ALTER TABLE users ADD COLUMN c integer;
INSERT INTO users (id) VALUES (1), (2);
INSERT INTO users SELECT 1 WHERE NOT EXISTS (SELECT FROM users WHERE id = 1);
INSERT INTO orders SELECT * FROM (VALUES (1)) v (id);
WITH v AS (VALUES (1)) INSERT INTO orders SELECT * FROM v;
INSERT INTO orders SELECT generate_series FROM generate_series(1, 3);
INSERT INTO orders (id) SELECT id FROM users WHERE email = 'a' AND city IS NULL;
INSERT INTO orders (id) SELECT id FROM users LIMIT 5;
INSERT INTO users DEFAULT VALUES;
UPDATE users SET city = '' WHERE id = 1;
UPDATE users SET city = '' WHERE id IN (1, 2) AND email IS NULL;
UPDATE users SET city = '' WHERE id = ANY ('{1,2}');
UPDATE users SET city = '' WHERE id BETWEEN 1 AND 1000;
UPDATE users SET city = '' WHERE id >= 1 AND id < 1000;
UPDATE users SET city = '' WHERE id = (SELECT max(id) FROM users);
UPDATE users SET city = '' WHERE ctid = ANY (ARRAY(SELECT ctid FROM users LIMIT 9));
UPDATE users SET city = '' WHERE id IN (SELECT id FROM users LIMIT 9);
UPDATE users SET city = v.b FROM (VALUES (1, 'a')) v (a, b) WHERE v.a = id;
DELETE FROM users WHERE email = 'a';
SELECT count(*) FROM orders;
