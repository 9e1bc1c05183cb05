-- +goose Up
CREATE TYPE state AS ENUM ('open');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
