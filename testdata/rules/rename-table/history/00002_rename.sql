-- +goose Up
-- The view lacks a column.
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT id, email FROM people;
-- Silent: a partitioned table takes its place, with the same columns and more.
ALTER TABLE orders RENAME TO old_orders;
CREATE TABLE orders (LIKE old_orders, note text) PARTITION BY RANGE (day);
ALTER TABLE notes RENAME TO remarks;
-- Silent: the history knows of none.
ALTER TABLE IF EXISTS never RENAME TO ever;
-- Silent: it is a view.
ALTER TABLE seen RENAME TO viewed;
