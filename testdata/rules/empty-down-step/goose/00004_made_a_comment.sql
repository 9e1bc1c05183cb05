-- +goose Up
CREATE TYPE order_state AS ENUM ('open', 'paid');

-- +goose Down
-- DROP TYPE order_state;
