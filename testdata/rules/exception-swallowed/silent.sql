-- A named condition; a handler that raises, tells, writes, calls or passes the
-- error on.
CREATE TABLE hits (page text PRIMARY KEY, count bigint);
CREATE FUNCTION named(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hits (page, count) VALUES (name, 1);
EXCEPTION WHEN unique_violation THEN
    NULL;
END $$;
CREATE FUNCTION tells(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
BEGIN
    BEGIN
        INSERT INTO hits (page, count) VALUES (name, 1);
    EXCEPTION WHEN others THEN
        RAISE WARNING 'no hit: %', SQLERRM;
    END;
    BEGIN
        INSERT INTO hits (page, count) VALUES (name, 2);
    EXCEPTION WHEN others THEN
        IF name = '' THEN
            RAISE;
        END IF;
    END;
    BEGIN
        INSERT INTO hits (page, count) VALUES (name, 3);
    EXCEPTION WHEN others THEN
        INSERT INTO errors (text) VALUES ('no hit');
    END;
    BEGIN
        INSERT INTO hits (page, count) VALUES (name, 4);
    EXCEPTION WHEN others THEN
        PERFORM note_error();
    END;
    BEGIN
        INSERT INTO hits (page, count) VALUES (name, 5);
    EXCEPTION WHEN others THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
    END;
    INSERT INTO hits (page, count) VALUES (name, 6);
EXCEPTION WHEN others THEN
    RETURN SQLERRM;
END $$;
-- A conversion that may fail: what it gives then says so.
CREATE FUNCTION to_integer(value text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN value::integer;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;
CREATE FUNCTION is_json(value text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM value::json;
    RETURN true;
EXCEPTION WHEN others THEN
    RETURN false;
END $$;
