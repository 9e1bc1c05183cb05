-- +goose Up
-- For information: the new one is filled by its query.
DROP TABLE totals;
CREATE TABLE totals AS SELECT id AS user_id, 0::numeric AS total, 1 AS more FROM customers;
-- Begins empty.
DROP TABLE counts;
CREATE TABLE counts (user_id bigint, number bigint);
