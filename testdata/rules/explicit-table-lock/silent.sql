-- Modes that let others read and write.
BEGIN;
LOCK TABLE orders IN ACCESS SHARE MODE;
LOCK TABLE orders IN ROW SHARE MODE;
LOCK TABLE orders IN ROW EXCLUSIVE MODE;
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
-- Nobody else knows it yet.
CREATE TABLE notes (id bigint);
LOCK TABLE notes;
CREATE TEMP TABLE orders (id bigint);
LOCK TABLE orders;
COMMIT;
