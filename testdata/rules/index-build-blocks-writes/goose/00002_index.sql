-- +goose Up
CREATE INDEX orders_user_id_idx ON orders (user_id);
-- Silent: it is there already, so nothing is built.
CREATE INDEX IF NOT EXISTS orders_day_idx ON orders (day);

-- +goose Down
DROP INDEX orders_user_id_idx;
-- Silent: a down step is run in an emergency, or never.
CREATE INDEX orders_old_idx ON orders (day);
