-- +goose Up
-- +goose NO TRANSACTION
REINDEX TABLE orders;
REINDEX INDEX orders_pkey;
