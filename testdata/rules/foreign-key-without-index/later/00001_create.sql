-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (user_id bigint REFERENCES users);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE TABLE items (order_id bigint);

-- +goose Down
DROP TABLE orders, users;
