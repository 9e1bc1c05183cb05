CREATE TABLE orders (
    id bigint PRIMARY KEY
    total integer
);

ALTER TABLE orders
    ADD COLUMN placed_at timestamptz
    ADD COLUMN paid_at timestamptz;
