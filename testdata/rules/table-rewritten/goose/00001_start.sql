-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE UNLOGGED TABLE logs (line text);
