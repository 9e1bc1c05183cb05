-- The table is older than the history: what it has is not known, but for this
-- column.
ALTER TABLE accounts ADD COLUMN plan text;
CREATE FUNCTION plan_of(account bigint) RETURNS text LANGUAGE sql STABLE
    AS 'SELECT plan FROM accounts AS a WHERE a.id = account';
CREATE FUNCTION plans() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT a.plan FROM accounts AS a JOIN tariffs AS t ON t.plan = a.plan;
END $$;
CREATE FUNCTION helper() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION helped() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN helper(); END';
