-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY recipes_title_idx ON recipes (title);

-- +migrate Down notransaction
DROP INDEX CONCURRENTLY recipes_title_idx;
