-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX orders_user_day_idx ON orders (user_id, day);
BEGIN;
CREATE INDEX orders_day_user_idx ON orders (day, user_id);
COMMIT;

-- +goose Down
DROP INDEX orders_user_day_idx;
