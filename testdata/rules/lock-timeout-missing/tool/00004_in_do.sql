-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE orders ADD COLUMN a int;
    ALTER TABLE orders ADD COLUMN b int;
END
$$;
-- +goose StatementEnd
