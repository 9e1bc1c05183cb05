-- Up Migration
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

-- Down Migration
DROP INDEX CONCURRENTLY orders_a_idx;
