-- options: --postgres-version 14
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX users_email_key ON users (email) NULLS NOT DISTINCT;
MERGE INTO users USING (VALUES (1, 'a')) AS new (id, email) ON users.id = new.id
    WHEN MATCHED THEN UPDATE SET email = new.email;
ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;
ALTER TABLE users ADD COLUMN domain text
    GENERATED ALWAYS AS (split_part(email, '@', 2)) VIRTUAL;
DO $$ BEGIN
    CREATE UNIQUE INDEX users_email_key_2 ON users (email) NULLS NOT DISTINCT;
END $$;
SELECT 1_000;
