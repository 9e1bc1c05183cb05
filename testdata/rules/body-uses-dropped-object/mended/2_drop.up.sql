CREATE OR REPLACE FUNCTION replaced_before() RETURNS text LANGUAGE sql AS 'SELECT max(name) FROM users';
DROP TRIGGER low ON users;
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users ADD COLUMN name text;
CREATE OR REPLACE FUNCTION replaced_after() RETURNS text LANGUAGE sql AS 'SELECT max(name) FROM users';
ALTER TABLE old_users RENAME TO older_users;
ALTER TABLE older_users RENAME COLUMN email TO mail;
