-- +goose Up
UPDATE users SET city = '' WHERE city IS NULL AND id BETWEEN 1 AND 1000;
UPDATE users SET city = '' WHERE city IS NULL AND id < 1000;
UPDATE users SET city = '' WHERE city IS NULL AND ctid = ANY (ARRAY(SELECT ctid FROM users WHERE city IS NULL LIMIT 10));
UPDATE users SET city = '' WHERE id IN (SELECT id FROM users WHERE city IS NULL LIMIT 10);
DELETE FROM users WHERE id IN (SELECT id FROM users LIMIT 1000);
DELETE FROM users WHERE ctid IN (SELECT ctid FROM users LIMIT 1000);
