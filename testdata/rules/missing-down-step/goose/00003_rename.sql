-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases RENAME COLUMN total TO amount;
CREATE INDEX CONCURRENTLY purchases_amount_idx ON purchases (amount);
