-- A new table; no unique index; an index that is unique already; columns whose
-- values differ, or are null.
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
CREATE UNIQUE INDEX ON orders (number);
ALTER TABLE orders ADD UNIQUE (number);
CREATE INDEX ON users (email);
ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX users_key;
ALTER TABLE users ADD COLUMN a integer UNIQUE,
    ADD COLUMN b uuid DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN c serial UNIQUE,
    ADD COLUMN d integer DEFAULT NULL UNIQUE,
    ADD CONSTRAINT x EXCLUDE (a WITH =);
