-- +goose Up
-- +goose NO TRANSACTION
-- Silent: before 14 the server passes partitioned tables over.
REINDEX TABLE orders;
REINDEX INDEX orders_pkey;
