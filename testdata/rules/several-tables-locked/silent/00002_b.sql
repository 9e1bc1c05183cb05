-- +goose Up
-- One table, in parts; new ones; a view; weaker locks.
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders_1 ALTER COLUMN note SET DEFAULT '';
CREATE TABLE n (a int);
ALTER TABLE n ADD COLUMN b int;
CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b;
CREATE INDEX ON users (id);
