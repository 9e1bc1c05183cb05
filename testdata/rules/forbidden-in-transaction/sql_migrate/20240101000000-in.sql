-- +migrate Up
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

-- +migrate Down notransaction
-- Silent: each direction opts out by itself, and statements are sent one by one.
DROP INDEX CONCURRENTLY orders_a_idx;
DROP INDEX CONCURRENTLY orders_b_idx;
