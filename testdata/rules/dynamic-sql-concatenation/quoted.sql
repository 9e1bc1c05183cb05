-- Silent: quoted; values apart; numbers and the like; constants; what is not
-- known; a text that is nothing but the parameter; EXPLAIN of one.
CREATE TABLE tenants (id bigint PRIMARY KEY, name text);
CREATE FUNCTION quoted(relation text, value text, id bigint, class regclass, day date)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    query text := 'SELECT 1';
    plain text;
    tenant record;
BEGIN
    EXECUTE format('UPDATE %I SET a = %L WHERE id = %s', relation, value, id);
    EXECUTE format('UPDATE %1$I SET a = %2$L, b = %3$s%%', relation, value, id);
    EXECUTE 'SELECT ' || quote_literal(value) || quote_nullable(value);
    EXECUTE 'DELETE FROM ' || quote_ident(relation) || ' WHERE a = $1' USING value;
    EXECUTE 'DELETE FROM ' || class || ' WHERE id = ' || id || day;
    EXECUTE 'DELETE FROM ' || relation::regclass;
    EXECUTE 'SELECT ' || id::text;
    EXECUTE 'SELECT' || ' 1';
    EXECUTE query || ' WHERE true';
    EXECUTE value;
    plain := value;
    EXECUTE plain;
    EXECUTE 'EXPLAIN ' || value;
    EXECUTE format('explain (analyze) %s', value);
    EXECUTE 'SELECT ' || length(value);
    FOR tenant IN SELECT id, count(*) AS n FROM tenants GROUP BY id LOOP
        EXECUTE 'SELECT ' || tenant.id || tenant.n;
    END LOOP;
    FOR tenant IN SELECT pg_get_viewdef(id::oid) AS query FROM tenants LOOP
        EXECUTE 'CREATE VIEW again AS ' || tenant.query;
    END LOOP;
    PERFORM 'SELECT ' || value;
END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP TABLE events_%s', OLD.id);
    EXECUTE 'DELETE FROM ' || TG_TABLE_NAME;
    RETURN OLD;
END $$;
CREATE FUNCTION other(value text) RETURNS text LANGUAGE sql AS 'SELECT ''a'' || value';
