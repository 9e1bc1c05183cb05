-- Each statement is a transaction of its own.
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;
-- The lock is gone with what was rolled back.
BEGIN;
SAVEPOINT a;
ALTER TABLE orders ADD COLUMN note text;
ROLLBACK TO a;
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
COMMIT;
-- Weak locks alone.
BEGIN;
ALTER TABLE orders ALTER COLUMN total SET STATISTICS 100;
ALTER TABLE orders VALIDATE CONSTRAINT a, VALIDATE CONSTRAINT b;
COMMIT;
