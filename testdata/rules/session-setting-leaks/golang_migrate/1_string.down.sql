-- What is rolled back is not set.
BEGIN;
SET lock_timeout = '5s';
ROLLBACK;
DROP TABLE orders;
