CREATE TABLE tenants (id bigint PRIMARY KEY, name text, code varchar(8));
CREATE FUNCTION by_operator(relation text, filter varchar) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM ' || quote_ident(relation) || ' WHERE ' || filter
        INTO result;
    RETURN result;
END $$;
CREATE FUNCTION by_format(relation name, id bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE %I SET note = %L WHERE id = %s', relation, 'a', id);
    EXECUTE format('DELETE FROM %2$s WHERE id = %1$s', id, relation);
    EXECUTE format('DELETE FROM %-10s', lower(relation::text));
END $$;
CREATE FUNCTION by_variable(name text) RETURNS SETOF tenants LANGUAGE plpgsql AS '
DECLARE
    query text;
    pattern text;
BEGIN
    pattern := name;
    query := ''SELECT * FROM tenants WHERE name = '''''' || pattern || '''''''';
    RETURN QUERY EXECUTE query;
    RETURN QUERY EXECUTE query;
END';
CREATE FUNCTION by_loop(relation text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tenant record;
BEGIN
    FOR tenant IN EXECUTE concat('SELECT * FROM ', coalesce(relation, 'tenants')) LOOP
        NULL;
    END LOOP;
    FOR tenant IN SELECT id, name AS called FROM tenants LOOP
        EXECUTE 'CREATE SCHEMA ' || tenant.called;
    END LOOP;
END $$;
-- Names of the catalogs need not be ones without capitals.
CREATE FUNCTION drop_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    i record;
BEGIN
    FOR i IN SELECT c.relname FROM pg_class AS c WHERE relkind = 'i' LOOP
        EXECUTE 'DROP INDEX ' || i.relname;
    END LOOP;
END $$;
-- In a block a warning.
DO $$
DECLARE
    tenant record;
BEGIN
    FOR tenant IN SELECT code FROM tenants LOOP
        EXECUTE format('DROP TABLE %s', tenant.code);
    END LOOP;
END $$;
CREATE FUNCTION by_position(text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'DROP TABLE ' || $1;
END $$;
