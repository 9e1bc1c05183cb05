-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, day date);
CREATE INDEX orders_day_idx ON orders (day);

-- +goose Down
DROP TABLE orders;
