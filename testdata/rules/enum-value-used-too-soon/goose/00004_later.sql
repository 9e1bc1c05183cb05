-- +goose Up
-- Silent: the value was added by an earlier migration, or is not used here.
ALTER TYPE state ADD VALUE 'lost';
UPDATE orders SET state = 'sent' WHERE id = 1;
