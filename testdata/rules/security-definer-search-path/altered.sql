-- ALTER FUNCTION gives it, takes it, and makes the function one of its owner.
CREATE FUNCTION given() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
ALTER FUNCTION given() SET search_path = public, pg_temp;
CREATE FUNCTION made() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION made() SECURITY DEFINER;
CREATE FUNCTION both() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION both SECURITY DEFINER SET search_path = '';
CREATE FUNCTION taken() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'SELECT 1';
ALTER FUNCTION taken() RESET search_path;
CREATE FUNCTION all_taken() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = '' SET work_mem = '1MB' AS 'SELECT 1';
ALTER FUNCTION all_taken() RESET ALL;
CREATE FUNCTION by_default() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'SELECT 1';
ALTER ROUTINE by_default() SET search_path TO DEFAULT;
CREATE FUNCTION other_taken() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = '' SET work_mem = '1MB' AS 'SELECT 1';
ALTER FUNCTION other_taken() RESET work_mem;
