-- In a transaction it works.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
ALTER TABLE orders ADD COLUMN total numeric;
COMMIT AND CHAIN;
SET LOCAL lock_timeout = '5s';
COMMIT;
-- For the session.
SET lock_timeout = '5s';
RESET lock_timeout;
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;
-- Of functions, roles and DO blocks, which are not run here or are a
-- transaction as a whole.
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path = app
    AS 'SELECT 1';
ALTER ROLE reader SET search_path = app;
DO $$ BEGIN SET LOCAL lock_timeout = '5s'; DROP TABLE t; END $$;
-- A query may be run in a transaction that begins elsewhere.
SELECT set_config('app.user', '1', true);
