-- +goose Up
CREATE TABLE orders (user_id bigint, total integer);
CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
CREATE UNIQUE INDEX totals_user_id_key ON totals (user_id);
CREATE MATERIALIZED VIEW sums AS SELECT sum(total) AS total FROM orders;
CREATE UNIQUE INDEX sums_key ON sums (total) WHERE total > 0;
CREATE MATERIALIZED VIEW later AS SELECT * FROM orders WITH NO DATA;
