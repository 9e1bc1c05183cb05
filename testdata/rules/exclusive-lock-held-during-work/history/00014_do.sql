-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE users ADD COLUMN g integer;
    CREATE INDEX orders_total_idx ON orders (total);
END
$$;
-- +goose StatementEnd
