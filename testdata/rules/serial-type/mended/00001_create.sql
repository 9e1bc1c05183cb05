-- +goose Up
-- The first becomes an identity, the second stays a serial in another type.
CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE orders (id serial);
