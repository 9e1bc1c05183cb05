-- By now orders is full, and the shop is open.

-- +goose Up
CREATE INDEX orders_status ON orders (status);

-- +goose Down
DROP INDEX orders_status;
