-- +goose Up
DROP INDEX IF EXISTS no_such_index;
DROP TABLE IF EXISTS no_such_table;
CREATE INDEX users_city_idx ON users (city);
