-- +goose Up
CREATE SCHEMA app;
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY);
CREATE TABLE app.there (id bigint PRIMARY KEY);
CREATE TYPE mood AS ENUM ('sad');
CREATE FUNCTION f(integer) RETURNS SETOF integer LANGUAGE sql AS 'SELECT $1';
CREATE SEQUENCE numbers;
