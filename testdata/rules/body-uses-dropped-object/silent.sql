-- What a DROP or rename does not break.
CREATE SCHEMA app;
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer);
CREATE TABLE mails (id bigint PRIMARY KEY, email text);
CREATE TABLE notes (id bigint PRIMARY KEY, line text);

-- Another table's column of that name; a parameter; an alias; a string; a comment.
CREATE FUNCTION a(email text) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT m.email || a.email AS age FROM mails AS m, users AS u
        WHERE u.name = 'age' -- age $$;
-- A variable, and a record's field.
CREATE FUNCTION b() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    age integer := 1;
    r record;
BEGIN
    SELECT m.id, m.email INTO r FROM mails AS m;
    SELECT age + 1 INTO age FROM mails;
    RETURN r.email || age;
END $$;
-- `*` finds what there is.
CREATE FUNCTION c() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM users';
-- A WITH query of the dropped table's name, and a table that the body makes.
CREATE FUNCTION d() RETURNS bigint LANGUAGE sql
    AS 'WITH notes AS (SELECT 1) SELECT count(*) FROM notes';
CREATE FUNCTION e() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE notes (line text);
    INSERT INTO notes (line) VALUES ('x');
    RETURN (SELECT count(*) FROM notes AS n WHERE n.line = 'x');
END $$;
-- Text that is put together at run time.
CREATE FUNCTION f(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE users SET %I = null WHERE age > 1', what);
END $$;
-- It handles the error.
CREATE FUNCTION g() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT max(u.age) FROM users AS u);
EXCEPTION WHEN undefined_column THEN
    RETURN 0;
END $$;
-- Broken before.
CREATE FUNCTION h() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT max(u.age) FROM users AS u WHERE u.nothing > 1);
END $$;
-- The table of another schema: this one is not on the path.
CREATE TABLE app.users (id bigint PRIMARY KEY, age integer);
CREATE FUNCTION i() RETURNS integer LANGUAGE sql SET search_path = app
    AS 'SELECT max(u.age) FROM users AS u';
-- Not between quotes: the server sees to it.
CREATE FUNCTION j() RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC SELECT count(u.name) FROM users AS u; END;
-- Another overload remains.
CREATE FUNCTION k(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION k(integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1::bigint';
CREATE FUNCTION l() RETURNS bigint LANGUAGE sql AS 'SELECT k(1)';
-- A trigger's function that no trigger has.
CREATE FUNCTION m() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notes (line) VALUES (NEW.line);
    RETURN NEW;
END $$;
-- One that serves several tables, and asks.
CREATE FUNCTION n() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'mails' THEN
        NEW.email := lower(NEW.email);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER n BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION n();
CREATE TRIGGER n BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION n();
-- Other rows than its own.
CREATE FUNCTION o() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.email := lower(NEW.email);
    RETURN NEW;
END $$;
CREATE TRIGGER o BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION o();
-- A table that nobody knows.
CREATE FUNCTION p() RETURNS text LANGUAGE sql
    AS 'SELECT email FROM elsewhere.users';

ALTER TABLE users DROP COLUMN email, DROP COLUMN age;
DROP TABLE notes;
DROP FUNCTION k(integer);
