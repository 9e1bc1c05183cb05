-- +goose Up
-- The timeout goes with what was rolled back.
SAVEPOINT a;
SET LOCAL lock_timeout = '5s';
ROLLBACK TO a;
LOCK TABLE orders;
