CREATE TABLE users (
    id bigserial PRIMARY KEY UNIQUE,
    email text NOT NULL UNIQUE,
    name text
);
-- The same as the constraint's.
CREATE UNIQUE INDEX users_email_idx ON users (email);

CREATE INDEX ON users (lower(name)) WHERE email LIKE '%@example.com';
CREATE INDEX ON users (LOWER( name )) WHERE email LIKE '%@example.com';

CREATE INDEX a ON users USING gin (to_tsvector('english', name));
CREATE INDEX b ON users USING gin (to_tsvector('english', name));

-- The constraint comes second: the index goes.
CREATE TABLE slugs (slug text);
CREATE UNIQUE INDEX slugs_idx ON slugs (slug);
ALTER TABLE slugs ADD CONSTRAINT slugs_key UNIQUE (slug);

-- A foreign key relies on the second one.
CREATE TABLE codes (code text);
CREATE UNIQUE INDEX codes_idx ON codes (code);
CREATE UNIQUE INDEX "Codes" ON codes (code);

CREATE TABLE logs (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs DEFAULT;
CREATE INDEX logs_at_1 ON logs (at);
CREATE INDEX logs_at_2 ON logs (at);
