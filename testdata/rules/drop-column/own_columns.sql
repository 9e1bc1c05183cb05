-- Silent: made here, so nobody else can use them.
CREATE TABLE scratch (id bigint, note text);
ALTER TABLE scratch DROP COLUMN note;
ALTER TABLE users ADD COLUMN copied text;
ALTER TABLE users DROP COLUMN copied;
CREATE TEMPORARY TABLE mine (id bigint, note text);
ALTER TABLE mine DROP COLUMN note;
-- Silent: no table's column.
ALTER TYPE address DROP ATTRIBUTE street;
ALTER TABLE users ALTER COLUMN email DROP NOT NULL, ALTER COLUMN email DROP DEFAULT;
ALTER TABLE users DROP CONSTRAINT users_email_key;
