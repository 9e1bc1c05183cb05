-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint, user_id bigint, owner_id bigint, CONSTRAINT orders_user_id_fkey CHECK (id > 0));
