-- +goose Up
CREATE TABLE orders (id bigint, total integer);
-- Taken: the server would number the next.
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total < 100);
