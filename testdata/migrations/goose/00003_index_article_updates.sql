-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY articles_updated_at_idx ON articles (updated_at);

-- +goose Down
DROP INDEX CONCURRENTLY articles_updated_at_idx;
