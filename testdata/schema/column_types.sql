-- Types as format_type() prints them, and ALTER COLUMN TYPE.
CREATE TABLE types (
    a int, b int4, c integer, d int8, e smallint, f float, g float(10), h real, i double precision,
    j decimal, k numeric(10), l numeric(10, 2), m char, n char(5), o bpchar, p varchar, q varchar(7), r text,
    s timestamp, t timestamp(3) with time zone, u time, v timetz(2), w interval, x interval(3), y interval year to month,
    z bit, aa bit(3), ab bit varying, ac varbit(5), ad bool, ae "char", af name, ag bytea, ah json, ai jsonb,
    aj uuid, ak inet, al money, am int[], an text[][], ao varchar(5)[3], ap numeric(3, 1) ARRAY, aq oid,
    ar regclass, at tsvector, au int4range, av xml, aw pg_catalog.int4, ax "timestamp", ay interval day to second(2),
    az national character varying(9), ba dec(4), bb character varying, bc point, bd date
);
CREATE TABLE bad (a varchar(0));
CREATE TABLE bad (a numeric(2000));
CREATE TABLE bad (a int(4));
CREATE TABLE bad (a missing);
CREATE TABLE bad (a missing.type);
CREATE TABLE bad (a SETOF int);
CREATE TABLE bad (a anyelement);
CREATE TABLE bad (a record);
CREATE TABLE t (a int DEFAULT 1, b text, c varchar(10) DEFAULT 'x', CHECK (a > 0), UNIQUE (a, b));
CREATE INDEX ON t (lower(b)) WHERE a > 0;
ALTER TABLE t ALTER COLUMN a TYPE bigint;
ALTER TABLE t ALTER COLUMN b TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE int;
ALTER TABLE t ALTER COLUMN b TYPE int USING b::int;
ALTER TABLE t ALTER COLUMN c TYPE int USING 1;
ALTER TABLE t ALTER COLUMN c DROP DEFAULT, ALTER COLUMN c TYPE int USING 1, ALTER COLUMN c SET DEFAULT 2;
ALTER TABLE t ALTER COLUMN missing TYPE int;
ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';
ALTER TABLE t ADD COLUMN d int[] DEFAULT '{1,2}', ADD COLUMN e timestamptz(0) NOT NULL DEFAULT now();
ALTER TABLE t ALTER COLUMN e TYPE date, ALTER COLUMN a TYPE numeric(20, 0);
