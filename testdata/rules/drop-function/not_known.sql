DROP FUNCTION tax(numeric);
drop function if exists app."Fee"(integer), total cascade;
DROP PROCEDURE clean;
DROP AGGREGATE median(numeric);
