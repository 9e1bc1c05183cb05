-- The second column can be added to a table with rows, the first cannot. And
-- there is no way back.

-- +goose Up
ALTER TABLE orders ADD COLUMN currency text NOT NULL;
ALTER TABLE products ADD COLUMN currency text NOT NULL DEFAULT 'EUR';
