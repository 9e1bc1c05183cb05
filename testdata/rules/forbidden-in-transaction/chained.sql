-- AND CHAIN begins the next transaction at once; END and ABORT are COMMIT and
-- ROLLBACK by other names.
BEGIN;
SELECT 1;
COMMIT AND CHAIN;
VACUUM orders;
END;
VACUUM customers;
BEGIN WORK;
ROLLBACK AND CHAIN;
DISCARD ALL;
ABORT;
DISCARD ALL;
