-- Silent: made here.
CREATE TABLE orders (id bigint);
ALTER TABLE orders SET SCHEMA app;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f() SET SCHEMA app;
