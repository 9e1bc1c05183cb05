-- No transaction is open, and functions cannot run these all the same.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'orders_idx') THEN
        CREATE INDEX CONCURRENTLY orders_idx ON orders (user_id);
    END IF;
    EXECUTE 'VACUUM orders';
    EXECUTE format('DROP INDEX CONCURRENTLY %I', 'orders_idx');
END;
$$;

CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    FOR i IN 1..3 LOOP
        REINDEX DATABASE shop;
    END LOOP;
    EXECUTE $sql$ALTER SYSTEM SET work_mem = '64MB'$sql$;
END;
$body$;

CREATE PROCEDURE clean() LANGUAGE sql AS $$ VACUUM $$;
