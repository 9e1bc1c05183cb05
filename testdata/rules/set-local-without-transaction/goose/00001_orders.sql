-- +goose NO TRANSACTION
-- +goose Up
SET LOCAL lock_timeout = '5s';
SELECT set_config('lock_timeout', '5s', true), set_config('a.b', '', false);
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

-- +goose Down
DROP INDEX orders_total_idx;
