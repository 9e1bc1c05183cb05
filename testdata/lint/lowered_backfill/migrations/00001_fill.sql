-- +goose NO TRANSACTION
-- +goose Up
UPDATE orders SET state = 'open';
DELETE FROM carts;
-- +goose Down
