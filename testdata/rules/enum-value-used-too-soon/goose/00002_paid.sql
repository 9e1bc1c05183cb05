-- +goose Up
ALTER TYPE state ADD VALUE 'paid';
UPDATE orders SET state = 'paid' WHERE id = 1;
