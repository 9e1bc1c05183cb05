-- CONCURRENTLY, but goose runs this file in a transaction: it will fail.

-- +goose Up
CREATE INDEX CONCURRENTLY products_title ON products (title);

-- +goose Down
DROP INDEX products_title;
