-- options: --postgres-version 18
-- Silent: that version has all of it.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;
CREATE UNIQUE INDEX users_email_key ON users (email) NULLS NOT DISTINCT;
