CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE VIEW emails AS SELECT u.email FROM users AS u;
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM emails';
