-- +goose Up
ALTER TABLE parts RENAME TO pieces;
ALTER TABLE pieces RENAME COLUMN name TO title;
ALTER INDEX parts_name_idx RENAME TO pieces_title_idx;
ALTER TABLE pieces RENAME CONSTRAINT parts_order TO pieces_order;
ALTER TABLE pieces SET UNLOGGED;
ALTER TABLE pieces ADD COLUMN weight numeric;

-- +goose Down
ALTER TABLE pieces DROP COLUMN weight;
