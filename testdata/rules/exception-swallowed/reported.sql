CREATE TABLE hits (page text PRIMARY KEY, count bigint);
CREATE FUNCTION hit(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hits (page, count) VALUES (name, 1);
EXCEPTION WHEN OTHERS THEN
    NULL;
END $$;
CREATE FUNCTION hit_or_not(name text) RETURNS boolean LANGUAGE plpgsql AS '
BEGIN
    UPDATE hits SET count = count + 1 WHERE page = name;
    RETURN true;
EXCEPTION
    WHEN unique_violation OR others THEN
        RETURN false;
END';
-- A condition can be named where one statement was meant to be allowed to fail.
DO $$
BEGIN
    CREATE TYPE kind AS ENUM ('a', 'b');
EXCEPTION WHEN OTHERS THEN
END $$;
DO $$
BEGIN
    ALTER TABLE hits ADD COLUMN first_at timestamptz;
EXCEPTION
    WHEN duplicate_column THEN
        NULL;
    WHEN others THEN
        -- never mind
        NULL;
END $$;
CREATE FUNCTION in_loop() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT page FROM hits LOOP
        BEGIN
            EXECUTE format('DROP TABLE %I', name);
        EXCEPTION WHEN others THEN
            CONTINUE;
        END;
    END LOOP;
END $$;
