-- Silent: these do nothing but what their caller may, or are not known.
CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION b() RETURNS int LANGUAGE sql RETURN 1;
CREATE FUNCTION c() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION d() RETURNS int LANGUAGE plperl AS 'return 1;';
CREATE FUNCTION e() RETURNS int LANGUAGE plv8 AS 'return 1;';
CREATE FUNCTION f() RETURNS int LANGUAGE mine AS 'return 1;';
DO $$ BEGIN PERFORM 1; END $$;
