-- +goose Up
CREATE TABLE orders (id bigint, amount integer, at timestamp, d varchar(10) CHECK (d <> ''));
