-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY recipes_title_idx ON recipes (title);
CREATE INDEX CONCURRENTLY ingredients_name_idx ON ingredients (name);

-- +migrate Down notransaction
DROP INDEX CONCURRENTLY ingredients_name_idx;
DROP INDEX CONCURRENTLY recipes_title_idx;
