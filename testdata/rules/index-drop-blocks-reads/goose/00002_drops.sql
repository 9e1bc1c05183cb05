-- +goose Up
DROP INDEX orders_a_idx;
-- Silent: the transaction holds the lock already.
DROP INDEX orders_d_idx;
-- Silent: a partitioned table's cannot go CONCURRENTLY.
DROP INDEX parts_a_idx;
-- Silent: there is none, in a history that knows all.
DROP INDEX IF EXISTS orders_z_idx;
-- Silent: a constraint's cannot go at all.
DROP INDEX orders_pkey;
CREATE TABLE items (id bigint);
CREATE INDEX items_idx ON items (id);
-- One of a new table, and one of an old.
DROP INDEX items_idx, users_b_idx CASCADE;
-- +goose Down
-- Silent: a down step.
DROP INDEX orders_c_idx;
