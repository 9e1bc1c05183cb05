-- Silent: the old type is not known.
ALTER TABLE users ALTER COLUMN email TYPE varchar(10);
-- Silent: made here.
CREATE TABLE mine (t text);
ALTER TABLE mine ALTER t TYPE varchar(10);
ALTER TABLE users ADD COLUMN a bigint;
ALTER TABLE users ALTER COLUMN a TYPE integer;
