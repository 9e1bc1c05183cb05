-- +goose Up
CREATE SCHEMA shop;
CREATE TABLE shop.items (id bigint PRIMARY KEY);
CREATE VIEW shop.all_items AS SELECT * FROM shop.items;
CREATE FUNCTION shop.count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.items';

-- +goose Down
DROP SCHEMA shop CASCADE;
