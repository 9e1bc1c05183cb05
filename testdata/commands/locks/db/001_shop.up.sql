CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL,
    total numeric(10, 2),
    placed_at timestamptz
);
CREATE INDEX orders_placed_at ON orders (placed_at);
CREATE VIEW "wei[rd" AS SELECT id FROM orders;
CREATE TABLE "a[31mred" (id int);
