DO $$
DECLARE
    partition regclass;
BEGIN
    FOR partition IN SELECT inhrelid FROM pg_inherits LOOP
        EXECUTE format('DROP TABLE %s', partition);
    END LOOP;
END $$;
