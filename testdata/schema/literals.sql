-- A string becomes a value of its type when the statement is read: some
-- cannot, and an enum's value keeps being itself when it gets another name.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN feeling AS mood;
CREATE TABLE t (a mood DEFAULT 'ok', b feeling DEFAULT 'sad'::mood, c int DEFAULT ' 7 ', d bool DEFAULT 'Yes',
    CHECK (a <> 'sad'), CHECK (b IN ('sad', 'ok') OR c > '1'));
CREATE INDEX ON t (c) WHERE a = 'ok';
CREATE VIEW v AS SELECT CASE WHEN a = 'ok' THEN 'sad'::mood ELSE a END AS a FROM t WHERE b = 'sad';
ALTER TYPE mood RENAME VALUE 'ok' TO 'it''s ok';
ALTER TYPE mood RENAME VALUE 'sad' TO 'ok';
ALTER TYPE mood ADD VALUE 'sad' BEFORE 'ok';
ALTER TABLE t ALTER COLUMN a SET DEFAULT 'missing';
ALTER TABLE t ALTER COLUMN b SET DEFAULT 'missing';
ALTER TABLE t ADD CHECK (a = 'missing');
ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x';
ALTER TABLE t ALTER COLUMN c SET DEFAULT '';
ALTER TABLE t ALTER COLUMN c SET DEFAULT '-5';
ALTER TABLE t ALTER COLUMN d SET DEFAULT 'o';
ALTER TABLE t ALTER COLUMN d SET DEFAULT 'of';
ALTER TABLE t ALTER COLUMN d SET DEFAULT ' F ';
ALTER TABLE t ALTER COLUMN d SET DEFAULT '2';
CREATE VIEW w AS SELECT 'x'::smallint AS a;
CREATE VIEW w AS SELECT c + 'x' AS a FROM t;
CREATE VIEW w AS SELECT '9'::bigint AS a, 'it''s ok'::feeling AS b;
