CREATE OR REPLACE FUNCTION replaced_later() RETURNS text LANGUAGE sql AS 'SELECT max(name) FROM users';
DROP FUNCTION dropped_later();
ALTER TABLE older_users RENAME COLUMN mail TO email;
CREATE VIEW old_users AS SELECT * FROM older_users;
