-- +goose Up
-- Later migrations give them a key, or drop them.
CREATE TABLE orders (id bigint NOT NULL);
CREATE TABLE items (id bigint NOT NULL);
CREATE TABLE staging (id bigint NOT NULL);
