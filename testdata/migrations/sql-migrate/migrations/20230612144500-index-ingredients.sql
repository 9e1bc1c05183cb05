-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY ingredients_name_idx ON ingredients (name);

-- +migrate Down notransaction
DROP INDEX CONCURRENTLY ingredients_name_idx;
