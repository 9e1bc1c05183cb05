-- +goose Up
CREATE SCHEMA audit;
CREATE TYPE order_state AS ENUM ('open', 'paid');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE SEQUENCE ticket_number;
CREATE TABLE users (id bigint PRIMARY KEY, email email);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id bigint REFERENCES users (id),
    state order_state NOT NULL DEFAULT 'open',
    total numeric(10, 2) CHECK (total >= 0)
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 'open';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();

-- +goose Down
DROP VIEW open_orders;
DROP TABLE orders;
