-- +goose Up
-- A value of an enum cannot be dropped: there is nothing to undo it with.
ALTER TYPE order_state ADD VALUE 'paid';

-- +goose Down
