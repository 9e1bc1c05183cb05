-- +goose Up
ALTER TABLE orders ADD COLUMN total numeric;
COMMIT;
ALTER TABLE orders ADD COLUMN tax numeric;
