-- Silent: all of one kind.
CREATE UNIQUE INDEX CONCURRENTLY orders_d_idx ON orders (id, user_id);
DROP INDEX CONCURRENTLY orders_c_idx;
VACUUM orders;
