-- +migrate Up notransaction
-- Silent.
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (b);

-- +migrate Down
DROP INDEX CONCURRENTLY orders_a_idx;
