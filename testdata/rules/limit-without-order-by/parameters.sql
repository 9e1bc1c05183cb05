-- A key that equals a parameter or a variable has one row, in bodies of all kinds.
CREATE TABLE users (id bigint PRIMARY KEY, email text);

CREATE FUNCTION in_sql(wanted bigint) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT u.email FROM users AS u WHERE u.id = wanted LIMIT 1;
    SELECT u.email FROM users AS u WHERE u.id = in_sql.wanted LIMIT 1;
    SELECT u.email FROM users AS u WHERE u.id = $1 LIMIT 1;
$$;
CREATE FUNCTION atomic(wanted bigint) RETURNS text LANGUAGE sql
BEGIN ATOMIC
    SELECT u.email FROM users AS u WHERE u.id = wanted LIMIT 1;
END;
CREATE FUNCTION in_plpgsql(wanted bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    r record;
    found_one text;
BEGIN
    FOR r IN SELECT u.id FROM users AS u LOOP
        SELECT u.email INTO found_one FROM users AS u WHERE u.id = r.id LIMIT 1;
    END LOOP;
    SELECT u.email INTO found_one FROM users AS u WHERE u.id = wanted LIMIT 1;
    RETURN found_one;
END $$;

-- Reported: the parameter is compared with no key.
CREATE FUNCTION any_of(wanted text) RETURNS bigint LANGUAGE sql
BEGIN ATOMIC
    SELECT u.id FROM users AS u WHERE u.email = wanted LIMIT 1;
END;
-- Reported: the column hides the parameter of its name.
CREATE FUNCTION hidden(id bigint) RETURNS text LANGUAGE sql
BEGIN ATOMIC
    SELECT u.email FROM users AS u WHERE u.id = id LIMIT 1;
END;
