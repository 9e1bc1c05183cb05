-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY articles_title_idx ON articles (title);

-- +goose Down
DROP INDEX CONCURRENTLY articles_title_idx;
