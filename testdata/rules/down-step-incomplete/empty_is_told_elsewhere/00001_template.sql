-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY);

-- +goose Down
-- Nothing to go back to: empty-down-step's, whether it speaks or not.
SELECT 1;
