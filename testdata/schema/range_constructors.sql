-- versions: 14-18
-- The functions that make a range's values are parts of the type; when that is
-- renamed they keep their names.
CREATE TYPE span AS RANGE (subtype = float8);
CREATE FUNCTION f(span) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION span(float8, float8);
ALTER TYPE span RENAME TO period_of_time;
DROP FUNCTION span_multirange(span[]);
DROP FUNCTION span_multirange(VARIADIC period_of_time[]);
DROP TYPE period_of_time;
DROP FUNCTION f(period_of_time);
DROP TYPE period_of_time;
DROP FUNCTION span(float8, float8);
