-- The string is one transaction again after COMMIT.
BEGIN;
UPDATE orders SET user_id = 0 WHERE user_id IS NULL;
COMMIT;
VACUUM orders;
