-- +goose Up
-- A part of the key is unique.
CREATE UNIQUE INDEX users_email_id ON users (email, id);
-- The key is a part of what is unique.
CREATE UNIQUE INDEX users_name ON users (name);
CREATE UNIQUE INDEX users_email ON users (email);
-- Nulls may be equal in it.
ALTER TABLE users ADD PRIMARY KEY (email, name);
-- A new column of nulls, and one that is filled.
ALTER TABLE users ADD COLUMN slug text, ADD COLUMN code text;
CREATE UNIQUE INDEX users_slug ON users (slug);
UPDATE users SET code = substr(name, 1, 3);
CREATE UNIQUE INDEX users_code ON users (code);
-- What was unique until now; duplicates that are deleted.
ALTER TABLE users DROP CONSTRAINT users_email_name_key;
DROP INDEX users_code;
CREATE UNIQUE INDEX users_code_2 ON users (code);
CREATE UNIQUE INDEX users_email_name_slug ON users (email, slug, name);
DELETE FROM users a USING users b WHERE a.id < b.id AND a.name = b.name;
CREATE UNIQUE INDEX users_name_2 ON users (lower(name));
-- +goose Down
SELECT 1;
