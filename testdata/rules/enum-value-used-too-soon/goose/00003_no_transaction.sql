-- +goose NO TRANSACTION
-- +goose Up
-- Silent: each statement is a transaction of its own.
ALTER TYPE state ADD VALUE 'sent';
UPDATE orders SET state = 'sent' WHERE id = 1;
