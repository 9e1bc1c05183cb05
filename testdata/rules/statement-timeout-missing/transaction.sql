-- Once a transaction, at the first statement that locks.
BEGIN;
COMMENT ON TABLE orders IS 'what customers want';
ALTER TABLE app.orders ADD COLUMN note text;
ALTER TABLE users ADD COLUMN note text;
COMMIT;
BEGIN;
ALTER TABLE users ADD COLUMN age integer;
ROLLBACK;
BEGIN;
SET LOCAL statement_timeout = '2s';
ALTER TABLE users ADD COLUMN age integer;
COMMIT;
-- SET LOCAL ended with its transaction.
ALTER TABLE users DROP COLUMN age;
