-- CASCADE takes the view, which the function reads.
ALTER TABLE users DROP COLUMN email CASCADE;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_tables WHERE tablename = 'users') THEN
        DROP TABLE users;
    END IF;
END $$;
