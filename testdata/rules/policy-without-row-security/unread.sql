-- A block that cannot be read may switch it on: a warning.
CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE POLICY notes_all ON notes USING (true);
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
