-- +goose Up
-- What earlier migrations made is known.
DROP TABLE tokens;
ALTER TABLE users DROP COLUMN name;

-- +goose Down
CREATE TABLE tokens (id bigint);
