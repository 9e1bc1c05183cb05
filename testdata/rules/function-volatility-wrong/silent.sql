-- Functions that are what they say, or say nothing.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE rates (currency text PRIMARY KEY, rate numeric NOT NULL);

CREATE FUNCTION added(a integer, b integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
-- STABLE for exotic types alone.
CREATE FUNCTION full_name(first text, last text, n integer, tags text[])
    RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT concat_ws(' ', first, last, n)
        || format('%s-%s', first, n) || array_to_string(tags, ',') $$;
-- A label of an enum is what its type says.
CREATE FUNCTION mood_of(word text) RETURNS mood
    LANGUAGE sql IMMUTABLE AS 'SELECT word::mood';
-- Literals are read once.
CREATE FUNCTION epoch() RETURNS timestamptz LANGUAGE sql IMMUTABLE
    AS $$ SELECT timestamptz '1970-01-01 00:00:00+00' $$;
CREATE FUNCTION day_in_utc(moment timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE AS $$ SELECT (moment AT TIME ZONE 'UTC')::date $$;
CREATE FUNCTION english(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    AS $$ SELECT to_tsvector('english', words) $$;
-- What it calls declares nothing, but goes in as it is.
CREATE FUNCTION plain(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
CREATE FUNCTION calls_plain(a integer) RETURNS integer LANGUAGE sql IMMUTABLE
    AS 'SELECT plain(a)';
-- It calls itself.
CREATE FUNCTION factorial_of(n integer) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF n < 2 THEN RETURN 1; END IF;
    RETURN n * factorial_of(n - 1);
END $$;
-- Names of WITH queries, functions in FROM, variables: no tables.
CREATE FUNCTION total(numbers integer[]) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE rates integer[] := numbers;
    result bigint;
BEGIN
    WITH rates AS (SELECT n FROM unnest(numbers) AS n)
    SELECT sum(r.n) INTO result FROM rates AS r;
    RETURN result + coalesce(array_length(rates, 1), 0);
END $$;
-- STABLE may read, call what it likes, and take a number.
CREATE SEQUENCE numbers;
CREATE FUNCTION rate_now(currency text) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM nextval('numbers'), random(), clock_timestamp();
    RETURN (SELECT r.rate FROM rates AS r WHERE r.currency = rate_now.currency);
END $$;
-- Nobody folds calls of a trigger's function.
CREATE FUNCTION stamped() RETURNS trigger LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    NEW.rate := (SELECT max(r.rate) FROM rates AS r) + extract(day FROM now());
    RETURN NEW;
END $$;
-- Not declared, or VOLATILE.
CREATE FUNCTION anything() RETURNS void LANGUAGE sql AS 'DELETE FROM rates WHERE rate = 0';
CREATE FUNCTION something() RETURNS void LANGUAGE sql VOLATILE
    AS 'DELETE FROM rates WHERE rate = 0';
-- Texts that are put together when it runs.
CREATE FUNCTION dynamic(name text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I', name) INTO n;
    RETURN n;
END $$;
-- Other languages, and bodies that cannot be read.
CREATE FUNCTION in_perl() RETURNS text LANGUAGE plperl IMMUTABLE
    AS 'spi_exec_query("SELECT 1 FROM rates");';
CREATE FUNCTION broken() RETURNS void LANGUAGE plpgsql IMMUTABLE
    AS 'BEGIN INSERT INTO rates; ';
-- Nothing is known of this function.
CREATE FUNCTION outside(a integer) RETURNS integer LANGUAGE sql IMMUTABLE
    AS 'SELECT elsewhere.unknown(a)';
-- The seconds since 1970 are the same in every time zone.
CREATE FUNCTION seconds(t timestamptz) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT extract(EPOCH FROM t)';
CREATE FUNCTION seconds_too(t timestamptz) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN date_part('epoch', t);
