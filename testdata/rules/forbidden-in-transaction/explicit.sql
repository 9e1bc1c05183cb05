-- Every statement that refuses a transaction block, in one.
CREATE TABLE measurements (taken_at date) PARTITION BY RANGE (taken_at);
CREATE INDEX measurements_idx ON measurements (taken_at);

BEGIN;
CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
CREATE UNIQUE INDEX CONCURRENTLY ON shop."Orders" (number);
DROP INDEX CONCURRENTLY IF EXISTS shop.orders_old_idx;
REINDEX TABLE CONCURRENTLY orders;
REINDEX (VERBOSE, CONCURRENTLY) INDEX orders_pkey;
REINDEX SCHEMA shop;
REINDEX DATABASE shop;
REINDEX SYSTEM shop;
REINDEX TABLE measurements;
REINDEX INDEX measurements_idx;
VACUUM (ANALYZE) orders;
VACUUM;
CLUSTER;
CLUSTER measurements USING measurements_idx;
ALTER TABLE measurements
    DETACH PARTITION measurements_2023 CONCURRENTLY;
CREATE DATABASE shop;
DROP DATABASE IF EXISTS shop;
CREATE TABLESPACE fast LOCATION '/ssd';
DROP TABLESPACE fast;
ALTER DATABASE shop SET TABLESPACE fast;
ALTER SYSTEM SET work_mem = '64MB';
CREATE SUBSCRIPTION copies CONNECTION 'host=primary' PUBLICATION all_tables;
DISCARD ALL;
COMMIT;
