-- options: --postgres-version 14
-- For information: the body's own names are bound when it is made.
CREATE TABLE members (name text PRIMARY KEY);
CREATE FUNCTION count_members() RETURNS bigint LANGUAGE sql SECURITY DEFINER
    RETURN (SELECT count(*) FROM members);
