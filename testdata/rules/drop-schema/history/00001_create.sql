-- +goose Up
CREATE SCHEMA app;
CREATE SCHEMA empty;
CREATE SCHEMA emptied;
CREATE TABLE app.orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint, order_id bigint REFERENCES app.orders);
CREATE VIEW app.ids AS SELECT id FROM app.orders;
CREATE TABLE emptied.t (id bigint);
DROP TABLE emptied.t;
