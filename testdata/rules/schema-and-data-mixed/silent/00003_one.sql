-- +goose Up
-- Of one kind only; a new table is filled from one that exists.
ALTER TABLE orders ADD COLUMN discount numeric;
CREATE TABLE copies AS SELECT * FROM orders;
INSERT INTO copies SELECT * FROM orders;
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE orders SET tax = 0';

-- +goose Down
UPDATE orders SET tax = 0;
CREATE TABLE other (a integer);
