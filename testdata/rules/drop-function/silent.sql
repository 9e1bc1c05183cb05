-- Silent: made here.
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION f();
-- Silent: there is one again, and of the old one nothing is known.
DROP FUNCTION IF EXISTS g(integer);
CREATE FUNCTION g(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION app.h(integer);
CREATE SCHEMA app;
CREATE FUNCTION app.h(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- Silent: other rules speak of these.
DROP TRIGGER t ON orders;
DROP OPERATOR + (integer, integer);
