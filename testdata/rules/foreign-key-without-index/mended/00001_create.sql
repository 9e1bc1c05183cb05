-- Silent: the next migration makes the index.
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (user_id bigint REFERENCES users);

-- +goose Down
DROP TABLE orders, users;
