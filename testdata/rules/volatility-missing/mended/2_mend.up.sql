ALTER FUNCTION a() STABLE;
-- Reported here, where it is made anew.
CREATE OR REPLACE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT max(value) FROM settings';
