-- Without its transaction dbmate sends all of the section as one string.
-- migrate:up transaction:false
DROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (user_id);

-- migrate:down
DROP INDEX orders_total_idx;
