-- options: --postgres-version 13
-- Silent: up to 13 the server does not reindex a partitioned table at all, and
-- up to 14 it does not cluster one; a transaction is not what it minds.
CREATE TABLE measurements (taken_at date) PARTITION BY RANGE (taken_at);
CREATE INDEX measurements_idx ON measurements (taken_at);
BEGIN;
REINDEX TABLE measurements;
REINDEX INDEX measurements_idx;
CLUSTER measurements USING measurements_idx;
COMMIT;
