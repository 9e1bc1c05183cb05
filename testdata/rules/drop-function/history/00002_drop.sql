-- +goose Up
-- It has a parameter more, which calls do not give.
DROP FUNCTION tax(numeric);
CREATE FUNCTION tax(numeric, rate numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * $2';
-- Of two of the name one comes again: it takes integers too, but gives a numeric.
DROP FUNCTION fee(numeric), fee(integer);
CREATE FUNCTION fee(total numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
-- Silent: it can be called as before, and its rows have more.
DROP FUNCTION users(text);
CREATE FUNCTION users(name text, years integer DEFAULT 1) RETURNS TABLE (id bigint, email text, age integer) LANGUAGE sql AS 'SELECT 1, $1, $2';
-- Its rows have less.
DROP FUNCTION people(text);
CREATE FUNCTION people(name text) RETURNS TABLE (id bigint) LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION counted();
CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql AS 'SELECT 1';
-- Silent: only triggers call it.
DROP FUNCTION touch();
DROP PROCEDURE clean();
-- Silent: the history knows of none.
DROP FUNCTION IF EXISTS never();
