-- Silent: made here.
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f() RENAME TO g;
CREATE SEQUENCE s;
ALTER SEQUENCE s RENAME TO t;
CREATE TYPE mood AS ENUM ('sad');
ALTER TYPE mood RENAME TO feeling;
-- Silent: other rules speak of these, or nobody uses them by name.
ALTER TABLE a RENAME TO b;
ALTER INDEX a_idx RENAME TO b_idx;
ALTER TRIGGER t ON a RENAME TO u;
