-- For information only: wrappers around what is STABLE, with arguments, and
-- calls of what nobody declared anything of.
CREATE TABLE people (name text, born timestamptz);

CREATE FUNCTION words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    AS 'SELECT to_tsvector($1)';
CREATE FUNCTION year_of(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT to_char(moment, 'YYYY') $$;
CREATE FUNCTION day_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE
    AS 'SELECT moment::date';
CREATE FUNCTION moment_of(words text) RETURNS timestamptz
    LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN words::timestamptz; END';
CREATE FUNCTION later(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE AS $$ SELECT moment + interval '1 day' $$;
-- Here the text of an argument depends on a setting.
CREATE FUNCTION labelled(moment timestamptz) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$ SELECT concat_ws(' ', 'at', moment) $$;

CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE plpgsql
    AS 'BEGIN RETURN n / 2; END';
CREATE FUNCTION quarter(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
    AS 'BEGIN RETURN half(half(n)); END';
-- A variable's type is not known; all candidates are STABLE.
CREATE FUNCTION month_of(moment timestamptz) RETURNS text
    LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE v timestamptz := moment;
BEGIN
    RETURN to_date(v::text, v::text);
END $$;
