-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
CREATE UNIQUE INDEX CONCURRENTLY orders_number_idx ON orders (number);

-- +goose Down
DROP INDEX CONCURRENTLY orders_total_idx;
DROP INDEX CONCURRENTLY orders_number_idx;
