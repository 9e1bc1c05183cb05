-- What scripts write functions again from: defaults, options in any order,
-- bodies without quotes, names that change later.
-- versions: 14-18
CREATE SCHEMA s;
CREATE TYPE s.mood AS ENUM ('sad', 'happy');
CREATE TABLE s.people (id int PRIMARY KEY, mood s.mood, "Full Name" text);
SET search_path = s, public;
CREATE FUNCTION one() RETURNS int RETURN 1;
CREATE FUNCTION two(a int DEFAULT one() + 1, b mood = 'sad', "C d" text[] DEFAULT ARRAY['x', 'y)'])
    RETURNS text IMMUTABLE LANGUAGE sql COST 20 CALLED ON NULL INPUT AS $f$ SELECT 'default' $f$ PARALLEL SAFE;
CREATE FUNCTION three(IN a int, OUT b int, INOUT c text DEFAULT 'it''s') LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = s, pg_temp STRICT STABLE AS 'BEGIN b := a; END';
CREATE FUNCTION four(VARIADIC list mood[] DEFAULT '{}') RETURNS SETOF people LANGUAGE sql ROWS 5
    BEGIN ATOMIC
        SELECT * FROM people WHERE mood = ANY (list);
    END;
CREATE FUNCTION five(p people) RETURNS text STABLE RETURN p.id || two(one());
CREATE FUNCTION six(mood) RETURNS TABLE (id int, whole people) AS $$ SELECT id, p FROM people AS p $$ LANGUAGE sql;
CREATE PROCEDURE seven(INOUT n int, m mood DEFAULT 'happy') LANGUAGE sql
    BEGIN ATOMIC
        INSERT INTO people (id, mood) VALUES (n, m);
        DELETE FROM people WHERE id < n;
        SELECT n;
    END;
CREATE FUNCTION eight(timestamp with time zone, interval day to second, numeric(10, 2)) RETURNS "char"
    LANGUAGE internal AS 'textlen';
CREATE VIEW faces AS SELECT one() AS one, p.mood, five(p) AS five FROM people AS p;
CREATE TABLE t (a int DEFAULT one(), b mood DEFAULT 'sad', CHECK (a > one()), c text GENERATED ALWAYS AS (one()::text) STORED);
CREATE FUNCTION of_row(t) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
ALTER TABLE t ADD CHECK (of_row(t) > 0), ALTER COLUMN a SET DEFAULT one() + 1;
ALTER FUNCTION one() RENAME TO uno;
ALTER TYPE mood RENAME TO feeling;
ALTER TABLE people RENAME COLUMN "Full Name" TO name;
ALTER TABLE people RENAME TO persons;
ALTER FUNCTION two(int, feeling, text[]) VOLATILE STRICT SECURITY DEFINER;
CREATE SCHEMA other;
ALTER FUNCTION uno() SET SCHEMA other;
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
DROP FUNCTION other.uno();
DROP TABLE persons;
