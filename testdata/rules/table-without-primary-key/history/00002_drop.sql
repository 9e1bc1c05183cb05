-- +goose Up
-- It has none from here on. What is renamed is named as it is in the end.
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
ALTER TABLE items RENAME TO entries;

-- +goose Down
CREATE TABLE forgotten (value integer);
