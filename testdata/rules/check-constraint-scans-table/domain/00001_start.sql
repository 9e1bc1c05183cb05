-- +goose Up
CREATE DOMAIN price AS integer;
CREATE DOMAIN dear AS price;
CREATE SCHEMA app;
CREATE TABLE orders (id bigint, total price, "Net" dear);
CREATE TABLE app.items (id bigint, price price);
CREATE DOMAIN unused AS text;
