-- What random statements found: keys in parentheses, INCLUDE of keys, inherited
-- serial columns, and which of several faults comes first.
CREATE TABLE t (d int4, kind integer, UNIQUE (d) INCLUDE (kind));
CREATE INDEX i ON t (d) INCLUDE (kind);
ALTER TABLE t DROP COLUMN KIND RESTRICT;
CREATE PROCEDURE lower(p0 circle) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
DROP PROCEDURE lower;
CREATE TABLE public.accounts (status serial PRIMARY KEY);
CREATE TABLE x (d varchar) INHERITS (accounts);
DROP SEQUENCE IF EXISTS accounts_status_seq, counter CASCADE;
CREATE TABLE v (id int4 NULL UNIQUE, c int4) PARTITION BY LIST ((id));
CREATE TABLE o (ID int PRIMARY KEY INITIALLY DEFERRED, CONSTRAINT t2_a_fkey UNIQUE (id)) PARTITION BY RANGE ((id));
ALTER TABLE v DROP COLUMN ctid;
ALTER TABLE v DROP COLUMN IF EXISTS ctid;
CREATE TABLE u (a bigint PRIMARY KEY, CONSTRAINT u_pkey FOREIGN KEY (a) REFERENCES nope);
CREATE INDEX ON v USING hash (nope, nope);
CREATE TABLE k (a int PRIMARY KEY, b circle, c int);
ALTER TABLE k ADD PRIMARY KEY (c, b);
ALTER TABLE k ADD PRIMARY KEY (c, c);
ALTER TABLE k ADD PRIMARY KEY (c);
SELECT * INTO z FROM k_pkey;
