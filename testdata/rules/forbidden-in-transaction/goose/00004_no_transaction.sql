-- Silent: goose runs this one without a transaction.
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY orders_id_user_id_idx ON orders (id, user_id);
VACUUM orders;

-- +goose Down
DROP INDEX CONCURRENTLY orders_id_user_id_idx;
