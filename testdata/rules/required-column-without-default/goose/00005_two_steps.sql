-- Silent: the safe way.
-- +goose Up
ALTER TABLE orders ADD COLUMN currency text;
UPDATE orders SET currency = 'EUR' WHERE currency IS NULL;
ALTER TABLE orders ALTER COLUMN currency SET NOT NULL;

-- +goose Down
ALTER TABLE orders DROP COLUMN currency;
