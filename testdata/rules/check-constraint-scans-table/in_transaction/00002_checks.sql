-- +goose Up
ALTER TABLE orders ADD CHECK (total > 0);
ALTER TABLE orders ADD COLUMN tax integer DEFAULT 0 NOT NULL CHECK (tax >= 0);
ALTER TABLE orders ADD COLUMN code text CHECK (code <> '') UNIQUE;
-- Silent: the table is new.
CREATE TABLE items (id bigint);
ALTER TABLE items ADD CHECK (id > 0);
-- Silent: no such table, in a history that knows all.
ALTER TABLE IF EXISTS customers ADD CHECK (id > 0);
-- +goose Down
-- Silent: a down step.
ALTER TABLE orders ADD CHECK (total > 7);
