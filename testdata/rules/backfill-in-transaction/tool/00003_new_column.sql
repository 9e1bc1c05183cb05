-- +goose Up
ALTER TABLE users ADD COLUMN name text, ADD COLUMN kind text;
UPDATE users SET name = email;
UPDATE users SET name = lower(email) WHERE name IS NULL;
UPDATE users SET kind = 'old', city = name WHERE kind IS NULL AND name IS DISTINCT FROM email;
UPDATE users SET name = '', kind = '' WHERE kind IS NULL;
