-- Silent: only a statement of the body itself fails there.
DO $$
DECLARE
    reindex boolean;
    vacuum text := 'VACUUM';
BEGIN
    vacuum := lower(vacuum);
    -- VACUUM orders;
    RAISE NOTICE 'VACUUM orders';
    CREATE INDEX IF NOT EXISTS orders_idx ON orders (user_id);
    SELECT reindex, vacuum FROM jobs;
    PERFORM dblink_exec('jobs', 'CREATE INDEX CONCURRENTLY i ON orders (id)');
    PERFORM cron.schedule('0 3 * * *', 'VACUUM orders');
END;
$$;
-- Another language, other words.
CREATE FUNCTION tidy() RETURNS void LANGUAGE plpython3u AS $$
VACUUM
$$;
