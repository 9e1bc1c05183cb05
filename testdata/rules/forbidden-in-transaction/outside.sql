-- Silent: nothing begins a transaction here, or it is over.
CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
VACUUM orders;
BEGIN;
CREATE TABLE imports (id bigint);
COMMIT;
REINDEX DATABASE shop;
BEGIN;
SAVEPOINT before_import;
ROLLBACK TO before_import;
ROLLBACK;
ALTER SYSTEM SET work_mem = '64MB';
