-- +goose Up
ALTER TABLE orders ADD COLUMN price price;
ALTER TABLE orders ADD COLUMN cost price DEFAULT 1 NOT NULL;
ALTER TABLE orders ADD COLUMN dear dear;
ALTER TABLE orders ADD COLUMN token token;
-- Silent: nothing is checked.
ALTER TABLE orders ADD COLUMN note plain DEFAULT 'a';
