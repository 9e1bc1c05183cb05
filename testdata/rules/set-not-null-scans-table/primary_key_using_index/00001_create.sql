-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE orders (id bigint, tenant bigint, number bigint NOT NULL);
CREATE TABLE users (id bigint NOT NULL);
