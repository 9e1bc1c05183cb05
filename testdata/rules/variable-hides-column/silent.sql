CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE FUNCTION find_user(id bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    email text;
    found_id bigint;
BEGIN
    -- Qualified; a target of SET, of INTO, of INSERT; an alias of the output.
    SELECT u.email, 1 AS id INTO email FROM users u WHERE u.id = find_user.id
    ORDER BY id;
    UPDATE users SET email = 'x' WHERE users.id = find_user.id;
    INSERT INTO users (id, email) VALUES (id, email);
    -- No table with such a column in the query; a table that nobody made.
    found_id := id + 1;
    SELECT max(day) INTO email FROM visits WHERE user_id = id;
    -- The inner block's variables are gone.
    DECLARE
        day date;
    BEGIN
        day := now();
    END;
    -- What EXECUTE runs knows no variables.
    EXECUTE 'DELETE FROM users WHERE id = 1';
    RETURN email;
END $$;
CREATE FUNCTION decided(id bigint) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT email FROM users WHERE id = $1);
END $$;
CREATE FUNCTION decided_too(id bigint) RETURNS text LANGUAGE plpgsql
    SET plpgsql.variable_conflict = use_variable AS $$
BEGIN
    RETURN (SELECT email FROM users WHERE users.id = id);
END $$;
-- In SQL the column is meant.
CREATE FUNCTION in_sql(id bigint) RETURNS text LANGUAGE sql AS $$
    SELECT email FROM users WHERE id = $1;
$$;
