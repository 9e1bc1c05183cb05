-- Silent: with goose a down step is optional, and this history has none at all.
-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY);
