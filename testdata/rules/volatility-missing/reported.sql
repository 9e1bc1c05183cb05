CREATE TABLE settings (name text PRIMARY KEY, value bigint NOT NULL);
-- Reads a table: STABLE.
CREATE FUNCTION setting(wanted text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
    tries integer := 0;
BEGIN
    SELECT s.value INTO result FROM settings AS s WHERE s.name = wanted;
    tries := tries + 1;
    IF result IS NULL THEN
        RAISE NOTICE 'no %', wanted;
    END IF;
    RETURN coalesce(result, tries);
END $$;
CREATE FUNCTION names() RETURNS SETOF text LANGUAGE sql AS 'SELECT s.name FROM settings AS s';
-- Reads the clock: STABLE.
CREATE FUNCTION age_of(since timestamptz) RETURNS interval LANGUAGE sql AS 'SELECT now() - since';
-- Nothing but its arguments: IMMUTABLE.
CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN n / 2; END';
CREATE FUNCTION atomic(n integer) RETURNS integer LANGUAGE sql RETURN n + 1;
