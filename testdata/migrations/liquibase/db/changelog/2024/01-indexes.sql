-- liquibase formatted sql

-- changeset bert:1 runInTransaction:false
-- preconditions onFail:MARK_RAN
-- precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_class WHERE relname = 'boxes_shelf_id_idx'
CREATE INDEX CONCURRENTLY boxes_shelf_id_idx ON boxes (shelf_id);
-- rollback DROP INDEX CONCURRENTLY boxes_shelf_id_idx;

-- changeset bert:2 runInTransaction:false
CREATE INDEX CONCURRENTLY boxes_weight_idx ON boxes (weight);
-- rollback DROP INDEX CONCURRENTLY boxes_weight_idx;
