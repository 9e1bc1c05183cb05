-- +goose Up
ALTER TABLE logs SET LOGGED;
-- Silent: in force already.
ALTER TABLE logs SET LOGGED;
ALTER TABLE orders SET LOGGED;
CLUSTER orders USING orders_pkey;
-- Silent: the server refuses it in a transaction.
VACUUM FULL orders;
-- +goose Down
-- Silent: a down step.
ALTER TABLE logs SET UNLOGGED;
