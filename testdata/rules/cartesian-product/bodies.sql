-- In bodies: a value that both sides are compared with connects them, other
-- values do not.
CREATE TABLE users (id bigint PRIMARY KEY, org_id bigint, label text);
CREATE TABLE teams (id bigint PRIMARY KEY, org_id bigint, name text);

CREATE FUNCTION f(org bigint, label text) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT u.id FROM users AS u, teams AS t
        WHERE u.org_id = org AND t.org_id = org;
    -- Reported.
    RETURN QUERY SELECT u.id FROM users AS u, teams AS t
        WHERE u.org_id = org AND t.name = f.label;
END $$;
CREATE FUNCTION g(org bigint, wanted text) RETURNS SETOF bigint LANGUAGE sql
BEGIN ATOMIC
    -- Reported.
    SELECT u.id FROM users AS u, teams AS t WHERE u.org_id = org AND name = wanted;
    SELECT u.id FROM users AS u, teams AS t WHERE u.org_id = org AND t.org_id = g.org
        AND u.label = t.name;
END;
