CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE TABLE old_users (id bigint PRIMARY KEY, email text);
CREATE FUNCTION replaced_before() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM users';
CREATE FUNCTION replaced_after() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM users';
CREATE FUNCTION replaced_later() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM users';
CREATE FUNCTION dropped_later() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM users';
CREATE FUNCTION back_again() RETURNS text LANGUAGE sql AS 'SELECT max(name) FROM users';
CREATE FUNCTION renamed_back() RETURNS text LANGUAGE sql AS 'SELECT max(email) FROM old_users';
CREATE FUNCTION a_view_now() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM old_users';
CREATE FUNCTION its_trigger_goes() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN NEW.email := lower(NEW.email); RETURN NEW; END';
CREATE TRIGGER low BEFORE INSERT ON users FOR EACH ROW
    EXECUTE FUNCTION its_trigger_goes();
