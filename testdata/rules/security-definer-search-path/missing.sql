CREATE TABLE members (name text PRIMARY KEY);
CREATE FUNCTION plain() RETURNS boolean LANGUAGE sql SECURITY DEFINER
    AS 'SELECT EXISTS (SELECT FROM members)';
CREATE SCHEMA app;
CREATE FUNCTION app.with_types(integer, VARIADIC text[] DEFAULT '{}')
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET work_mem = '1MB' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM members);
END $$;
CREATE PROCEDURE forget(OUT result text) LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM members;
END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql EXTERNAL SECURITY DEFINER
AS $$ BEGIN INSERT INTO members VALUES (NEW.name); RETURN NEW; END $$;
-- A type that is not known: without the list of types.
CREATE FUNCTION "For"(a app.unknown) RETURNS boolean LANGUAGE plpgsql
    SECURITY DEFINER AS $$ BEGIN RETURN true; END $$;
