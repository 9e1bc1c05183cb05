-- The whole of a block is read before any of it runs; what EXECUTE runs, then.
CREATE TABLE t1 (a int);
DO $$ BEGIN CREATE TABLE ok (a int); CREATE TABLE bad (a int,); END $$;
DO $$ BEGIN CREATE TABLE bad2 (a int,); CREATE TABLE ok2 (a int); END $$;
DO $$ BEGIN CREATE TABLE t1 (a int); CREATE TABLE bad3 (a int,); END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE t1 (a int,)'; END $$;
DO $$ BEGIN ALTER TABLE t1 ADD COLUMN d int; EXECUTE 'ALTER TABLE t1 ADD a int,'; END $$;
DO $$ DECLARE comment text; BEGIN comment := 'x'; CREATE TABLE t2 (a int); END $$;
DO $$ BEGIN CREATE TABLE t3 (a int); EXCEPTION WHEN others THEN DROP TABLE; END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE'; EXCEPTION WHEN syntax_error THEN CREATE TABLE t4 (a int); END $$;
