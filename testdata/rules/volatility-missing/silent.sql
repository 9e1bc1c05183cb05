-- They say so, write, or may do what is not known.
CREATE TABLE settings (name text PRIMARY KEY, value bigint NOT NULL);
CREATE SEQUENCE numbers;
CREATE FUNCTION a(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION b(n integer) RETURNS integer LANGUAGE plpgsql VOLATILE
    AS 'BEGIN RETURN n; END';
CREATE FUNCTION c() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('numbers') $$;
CREATE FUNCTION d(what text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    UPDATE settings SET value = value + 1 WHERE name = what;
    RETURN (SELECT s.value FROM settings AS s WHERE s.name = what);
END $$;
CREATE FUNCTION e(what text) RETURNS bigint LANGUAGE sql
    AS 'SELECT s.value FROM settings AS s WHERE s.name = what FOR UPDATE';
CREATE FUNCTION f(what text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I', what) INTO n;
    RETURN n;
END $$;
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION h() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM settings; END';
CREATE PROCEDURE i() LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM settings; END';
-- Calls of what is VOLATILE, or nobody knows.
CREATE FUNCTION j(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN b(n); END';
CREATE FUNCTION k(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN elsewhere.f(n); END';
CREATE FUNCTION l() RETURNS bigint LANGUAGE sql
    AS 'WITH gone AS (DELETE FROM settings RETURNING value) SELECT sum(g.value)::bigint FROM gone AS g';
CREATE FUNCTION m() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN pg_sleep(1); END';
CREATE FUNCTION n() RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE v text := 'x';
BEGIN
    RETURN random() * length(v);
END $$;
