CREATE TABLE users (tenant_id bigint, id bigint, email text, name text, code text,
    PRIMARY KEY (tenant_id, id));

-- Not unique at all.
CREATE TABLE a (user_id bigint REFERENCES users (id));
CREATE TABLE b (email text, FOREIGN KEY (email) REFERENCES users (email));
-- Other columns than those.
CREATE TABLE c (t bigint, e text, CONSTRAINT c_users FOREIGN KEY (t, e) REFERENCES users (tenant_id, email));

-- Partial, deferrable, an expression.
CREATE UNIQUE INDEX users_email_idx ON users (email) WHERE name IS NULL;
CREATE TABLE d (email text REFERENCES users (email));
ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE (name) DEFERRABLE;
CREATE TABLE e (name text REFERENCES users (name));
CREATE UNIQUE INDEX ON users (lower(code));
CREATE TABLE f (id bigint, code text);
ALTER TABLE f ADD FOREIGN KEY (code) REFERENCES users (code) NOT VALID;
ALTER TABLE f ADD COLUMN "Name" text REFERENCES users ("name");

-- Itself.
CREATE TABLE g (id bigint, parent bigint REFERENCES g (id));
