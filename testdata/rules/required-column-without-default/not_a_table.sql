-- Silent: foreign tables and types hold no rows that are checked, and what is
-- new has none.
CREATE FOREIGN TABLE remote (id bigint) SERVER other;
CREATE TYPE point AS (x integer);
CREATE VIEW shown AS SELECT 1 AS id;
CREATE TABLE fresh (id bigint);
CREATE TEMPORARY TABLE scratch (id bigint);
ALTER FOREIGN TABLE remote ADD COLUMN a text NOT NULL;
ALTER TABLE remote ADD COLUMN b text NOT NULL;
ALTER TYPE point ADD ATTRIBUTE y integer;
ALTER TABLE fresh ADD COLUMN a text NOT NULL;
ALTER TABLE fresh RENAME TO renamed;
ALTER TABLE renamed ADD COLUMN b text NOT NULL;
ALTER TABLE scratch ADD COLUMN a text NOT NULL;
