CREATE TABLE rates (currency text PRIMARY KEY, rate numeric NOT NULL);
-- mended by a later definition
CREATE FUNCTION a(c text) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT rate FROM rates WHERE currency = c';
-- ... by ALTER FUNCTION
CREATE FUNCTION b(c text) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT rate FROM rates WHERE currency = c';
-- ... dropped
CREATE FUNCTION d(c text) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT rate FROM rates WHERE currency = c';
-- ... by what it calls
CREATE FUNCTION callee(n integer) RETURNS integer LANGUAGE plpgsql VOLATILE
    AS 'BEGIN RETURN n; END';
CREATE FUNCTION caller(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
    AS 'BEGIN RETURN callee(n); END';
