-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE MATERIALIZED VIEW totals AS
    SELECT user_id, count(*) AS n FROM orders GROUP BY user_id;
