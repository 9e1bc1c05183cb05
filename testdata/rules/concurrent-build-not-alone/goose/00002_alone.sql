-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY orders_tax_idx ON orders (tax);

-- +goose Down
DROP INDEX CONCURRENTLY orders_tax_idx;
