-- +goose Up
CREATE TYPE order_state AS ENUM ('open');

-- +goose Down
DROP TYPE order_state;
