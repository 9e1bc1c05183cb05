-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, city text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric, at date);
