-- +goose Up
CREATE TYPE order_state AS ENUM ('open', 'paid');
CREATE TABLE users (id bigint PRIMARY KEY, name text, email text DEFAULT ''::text NOT NULL);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id bigint REFERENCES users (id),
    state order_state NOT NULL DEFAULT 'open',
    total numeric(10, 2) CHECK (total >= 0) DEFAULT 0,
    made timestamptz DEFAULT now()
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX orders_name_idx ON users (lower(name)) WHERE (email <> ''::text);

-- +goose Down
DROP TABLE orders, users;
DROP TYPE order_state;
