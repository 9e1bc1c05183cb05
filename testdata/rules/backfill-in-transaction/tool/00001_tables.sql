-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, city text, "Age" int);
CREATE TABLE visits (day date, site text);
CREATE TABLE items (code text PRIMARY KEY);
