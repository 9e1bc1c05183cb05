-- Nothing that others use is locked in SHARE or stronger: a new table, rows,
-- SHARE UPDATE EXCLUSIVE.
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ADD COLUMN body text;
CREATE INDEX ON notes (body);
INSERT INTO orders SELECT 1;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;
CREATE TEMP TABLE orders (a int);
ALTER TABLE orders ADD COLUMN b int;
-- In force: for the session, though BEGIN and COMMIT stand between.
SET lock_timeout TO 3000;
BEGIN;
ALTER TABLE users ADD COLUMN age integer;
COMMIT;
ALTER TABLE users DROP COLUMN age;
SELECT set_config('lock_timeout', '0', false);
SELECT pg_catalog.set_config('lock_timeout', '1s', false);
ALTER TABLE users ADD COLUMN age integer;
