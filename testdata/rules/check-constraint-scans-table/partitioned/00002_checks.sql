-- +goose Up
ALTER TABLE orders ADD CHECK (total > 0);
ALTER TABLE orders ADD COLUMN tax integer CHECK (tax > 0);
ALTER TABLE events ADD CHECK (id > 0);
ALTER TABLE orders_2024 ADD CONSTRAINT same CHECK (id > 0);
-- Silent: the only partition has it already, checked.
ALTER TABLE orders ADD CONSTRAINT same CHECK (id > 0);
ALTER TABLE places ADD CHECK (id > 0);
