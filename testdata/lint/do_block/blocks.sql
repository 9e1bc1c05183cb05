-- The plain DDL of a DO block counts as statements of the migration, in their
-- order: what one makes is new for the next.
CREATE TABLE fresh (a int);
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_indexes WHERE indexname = 'orders_a') THEN
        CREATE INDEX orders_a ON orders (a);
    END IF;
    CREATE TABLE made_here (id int REFERENCES orders);
    CREATE INDEX ON made_here (id);
    CREATE INDEX ON fresh (a);
    ALTER TABLE orders ALTER COLUMN b SET NOT NULL;
    ALTER TABLE orders ADD COLUMN c int NOT NULL, DROP COLUMN d;
    CREATE INDEX CONCURRENTLY orders_b ON orders (b);
END
$$;

-- Known by now, from within the block.
ALTER TABLE orders ALTER COLUMN b SET NOT NULL;
DO LANGUAGE plpgsql 'BEGIN DROP TABLE old_orders; END';

-- pgsquint: allow drop-table
DO $do$ BEGIN DROP TABLE customers; END $do$;

-- Silent: only one of several branches runs, and the body of a function runs
-- when it is called, on tables of that day.
DO $$ BEGIN
    IF now() > '2030-01-01' THEN NULL; ELSE DROP TABLE customers; END IF;
EXCEPTION WHEN OTHERS THEN
    DROP TABLE customers;
END $$;
CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql
    AS $$ BEGIN DROP TABLE customers; END $$;
-- What PL/pgSQL reads and the parser does not is no syntax error.
DO $$ DECLARE comment text; BEGIN comment := 'x'; END $$;
-- What neither reads fails the whole block, before any of it runs.
DO $$ DECLARE name text := 'x'; BEGIN CREATE TABLE name%TYPE (a int); END $$;
