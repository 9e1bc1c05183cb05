-- Made when it is broken: no finding of this rule.
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(email) FROM users';
