CREATE TABLE users (id bigint PRIMARY KEY);
DO $$
BEGIN
    ALTER TABLE users ADD COLUMN name text;
    ALTER TABLE users ADD COLUMN id bigint;
END $$;
-- Silent: the block catches what fails.
DO $$
BEGIN
    ALTER TABLE users ADD COLUMN id bigint;
EXCEPTION
    WHEN duplicate_column THEN NULL;
END $$;
