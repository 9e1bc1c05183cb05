-- +goose Up
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ADD COLUMN text text;
-- +goose Down
-- Down steps are nobody's emergency.
ALTER TABLE orders DROP COLUMN note, DROP COLUMN text;
