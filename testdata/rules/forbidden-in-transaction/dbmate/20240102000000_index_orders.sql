-- The down step opts out, the up step does not.
-- migrate:up
CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY orders_user_id_idx;
