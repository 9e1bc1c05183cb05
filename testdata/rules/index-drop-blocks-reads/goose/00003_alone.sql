-- +goose NO TRANSACTION
-- +goose Up
DROP INDEX IF EXISTS orders_c_idx;
