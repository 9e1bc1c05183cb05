-- +goose Up
-- All are bigint, or no key of a sequence's, in the end.
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE orders (id serial PRIMARY KEY);
CREATE TABLE items (id serial PRIMARY KEY);
