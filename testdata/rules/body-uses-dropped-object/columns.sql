-- Columns that go while functions read them.
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer,
    nick text, phone text);

CREATE FUNCTION label_of(user_id bigint) RETURNS text LANGUAGE sql STABLE
    AS 'SELECT u.name || u.email FROM users AS u WHERE u.id = user_id';
CREATE FUNCTION rename_user(user_id bigint, new_name text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF new_name IS NOT NULL THEN
        UPDATE public.users SET name = new_name WHERE id = user_id;
    END IF;
END $$;
CREATE PROCEDURE add_user(INOUT user_id bigint, who text) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO users (id, nick) VALUES (user_id, who);
END $$;
CREATE FUNCTION oldest() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    result users.age%TYPE;
BEGIN
    SELECT max(u.id) INTO result FROM users AS u;
    RETURN result;
END $$;
-- Quotes that are doubled: the note shows the place still.
CREATE FUNCTION phones() RETURNS SETOF text LANGUAGE sql AS '
    SELECT ''+'' || users.phone
    FROM users';

ALTER TABLE users DROP COLUMN email;
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users DROP COLUMN nick, DROP COLUMN age;
ALTER TABLE users RENAME phone TO telephone;
