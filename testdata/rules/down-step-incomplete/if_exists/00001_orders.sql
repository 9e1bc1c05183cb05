-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);

-- +goose Down
DROP TABLE orders;
