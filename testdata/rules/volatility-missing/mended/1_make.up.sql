CREATE TABLE settings (name text PRIMARY KEY, value bigint NOT NULL);
CREATE FUNCTION a() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM settings';
CREATE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM settings';
