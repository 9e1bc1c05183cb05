-- +goose Up
ALTER TABLE users ADD COLUMN age integer;
REFRESH MATERIALIZED VIEW totals;
