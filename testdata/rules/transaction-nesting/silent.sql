-- In pairs, by whatever name, one after another.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;
START TRANSACTION ISOLATION LEVEL SERIALIZABLE;
CREATE TABLE customers (id bigint PRIMARY KEY);
END;
BEGIN WORK;
ABORT;
-- AND CHAIN begins the next one.
BEGIN;
COMMIT AND CHAIN;
ROLLBACK;
-- A part that is rolled back by itself.
BEGIN;
SAVEPOINT part;
ROLLBACK TO SAVEPOINT part;
RELEASE SAVEPOINT part;
COMMIT;
-- Two phases.
BEGIN;
PREPARE TRANSACTION 'orders';
COMMIT PREPARED 'orders';
-- Words in bodies are not statements of the file.
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
