-- Silent: the server runs all of these in a transaction block.
BEGIN;
CREATE INDEX orders_user_id_idx ON orders (user_id);
DROP INDEX orders_old_idx;
REINDEX TABLE orders;
REINDEX INDEX orders_pkey;
REINDEX (CONCURRENTLY false) TABLE orders;
ANALYZE orders;
CLUSTER orders USING orders_pkey;
REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals;
ALTER TABLE measurements DETACH PARTITION measurements_2023;
ALTER TABLE measurements DETACH PARTITION measurements_2022 FINALIZE;
ALTER TYPE status ADD VALUE 'paid';
ALTER DATABASE shop SET work_mem = '64MB';
ALTER DATABASE shop WITH CONNECTION LIMIT 10;
CREATE SUBSCRIPTION a CONNECTION '' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION b CONNECTION '' PUBLICATION p WITH (create_slot = off);
CREATE SUBSCRIPTION c CONNECTION '' PUBLICATION p
    WITH (slot_name = NONE, enabled = false, create_slot = false);
DISCARD TEMPORARY;
COMMIT;
