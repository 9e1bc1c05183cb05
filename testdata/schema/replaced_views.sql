-- A view that is replaced no longer needs what it once read; and what ALTER
-- does to columns nobody has rows of.
CREATE TABLE u (name bigint PRIMARY KEY, e int);
CREATE TABLE t (d char(3));
CREATE VIEW v AS WITH cte AS (SELECT t.d FROM t)
    SELECT *, 'x'::text AS a FROM u AS s;
CREATE VIEW w AS SELECT v.a FROM v;
DROP TABLE t;
CREATE OR REPLACE VIEW v AS
    SELECT NULL::bigint AS name, NULL::integer AS e, NULL::text AS a;
DROP TABLE t;
DROP TABLE u;
DROP VIEW v;
CREATE TYPE status AS (a smallint);
ALTER TYPE status ALTER ATTRIBUTE a TYPE timestamp(3);
CREATE TABLE s (a smallint);
ALTER TABLE s ALTER a TYPE timestamp(3);
ALTER TABLE s ADD COLUMN b SETOF int;
CREATE TABLE r (b SETOF int);
