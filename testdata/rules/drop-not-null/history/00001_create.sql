-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age integer, fax text NOT NULL, name text NOT NULL);
CREATE TABLE gone (id bigint NOT NULL);
