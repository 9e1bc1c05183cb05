-- +goose NO TRANSACTION
-- +goose Up
-- Silent: the old one goes when the new one is there.
CREATE INDEX CONCURRENTLY orders_user_id_idx1 ON orders (user_id);
DROP INDEX CONCURRENTLY orders_user_id_idx;
