-- +goose NO TRANSACTION
-- +goose Up
-- No transaction that SET LOCAL could end with.
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY customers_name_idx ON customers (name);

-- +goose Down
SET lock_timeout = '5s';
BEGIN;
SET statement_timeout = '5s';
COMMIT;
