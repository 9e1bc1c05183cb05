-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE items (id bigint);
