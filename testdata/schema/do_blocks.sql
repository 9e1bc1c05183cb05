-- Plain DDL in DO blocks, guarded or not.
DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'size') THEN
        CREATE TYPE size AS ENUM ('small', 'big');
    END IF;
END
$$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'size') THEN
        CREATE TYPE size AS ENUM ('other');
    END IF;
END
$$;
CREATE TABLE t (a int);
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'b') THEN
        ALTER TABLE t ADD COLUMN b int;
    END IF;
    IF EXISTS (SELECT FROM information_schema.tables WHERE table_name = 't') THEN
        ALTER TABLE t ADD COLUMN c int;
    ELSE
        CREATE TABLE t (z int);
    END IF;
END
$$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'positive') THEN
        ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
    END IF;
END
$$;
DO $$
BEGIN
    CREATE TABLE first (a int);
    EXECUTE 'CREATE TABLE second (a int)';
    EXECUTE format('CREATE TABLE %I (a int)', 'Third');
END
$$;
DO $$
BEGIN
    BEGIN
        ALTER TABLE t ADD COLUMN kept int;
        ALTER TABLE t ADD COLUMN a int;
    EXCEPTION
        WHEN duplicate_column THEN RAISE NOTICE 'column exists';
    END;
END
$$;
DO $$ BEGIN CREATE TABLE lost (a int); DROP TABLE missing; END $$;
DO $$ BEGIN PERFORM 1; IF true THEN CREATE INDEX ON t (a); END IF; END $$;
