-- Silent: made here.
CREATE TABLE mine (id bigint DEFAULT 1);
ALTER TABLE mine ALTER id DROP DEFAULT;
-- Silent: a new column that may be null.
ALTER TABLE users ADD COLUMN a integer DEFAULT 1;
ALTER TABLE users ALTER COLUMN a DROP DEFAULT;
-- Silent: another default.
ALTER TABLE users ALTER COLUMN b SET DEFAULT 1;
