-- Variables and parameters that are named like a column of the joined table.
CREATE TABLE users (id bigint PRIMARY KEY, team_id bigint);
CREATE TABLE teams (id bigint PRIMARY KEY, name text, size integer);

-- The variable goes first: the body says so.
CREATE FUNCTION prefers(name text) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    r record;
BEGIN
    RETURN QUERY SELECT u.id FROM users AS u
        LEFT JOIN teams AS t ON t.id = u.team_id WHERE name = 'x';
    FOR r IN SELECT 1 AS size LOOP
        RETURN QUERY SELECT u.id FROM users AS u
            LEFT JOIN teams AS r ON r.id = u.team_id WHERE r.size = 1;
    END LOOP;
    -- The column is meant, and reported.
    RETURN QUERY SELECT u.id FROM users AS u
        LEFT JOIN teams AS t ON t.id = u.team_id WHERE t.name = 'x';
END $$;
-- The column goes first in SQL, and is reported; the function's name says which.
CREATE FUNCTION in_sql(name text, wanted bigint) RETURNS SETOF bigint LANGUAGE sql AS $$
    SELECT u.id FROM users AS u LEFT JOIN teams AS t ON t.id = u.team_id
    WHERE in_sql.name = 'x' AND wanted > 1;
    SELECT u.id FROM users AS u LEFT JOIN teams AS t ON t.id = u.team_id
    WHERE name = 'x';
$$;
CREATE FUNCTION atomic(label text, name text) RETURNS SETOF bigint LANGUAGE sql
BEGIN ATOMIC
    SELECT u.id FROM users AS u LEFT JOIN teams AS t ON t.id = u.team_id
    WHERE label = 'x' AND atomic.name = 'y';
    SELECT u.id FROM users AS u LEFT JOIN teams AS t ON t.id = u.team_id
    WHERE name = 'x';
END;
CREATE FUNCTION of_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM users AS u LEFT JOIN teams AS t ON t.id = u.team_id
        WHERE NEW.name = 'x' AND OLD.size > 1 AND FOUND AND TG_OP = 'UPDATE';
    RETURN NEW;
END $$;
