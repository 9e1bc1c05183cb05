-- Where a type cannot have a length, char and bit mean what SQL says.
CREATE FUNCTION f(a bit, b bit(3), c char, d char(5), e bpchar, g bit[], h varchar(3)) RETURNS char LANGUAGE sql AS 'SELECT ''x''::char';
CREATE FUNCTION g() RETURNS TABLE (a bit(3), b char(2)[]) LANGUAGE sql AS 'SELECT NULL::bit(3), NULL::char(2)[]';
CREATE FUNCTION h(char(3), OUT a bit(2)) RETURNS bit(2) LANGUAGE sql AS 'SELECT ''01''::bit(2)';
CREATE TYPE r AS RANGE (subtype = bit);
CREATE DOMAIN b AS bit;
CREATE DOMAIN c AS bpchar;
CREATE TYPE t AS (a bit, b char, c bpchar, d bit(2));
