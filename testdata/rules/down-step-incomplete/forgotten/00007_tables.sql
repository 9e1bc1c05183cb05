-- +goose Up
CREATE TABLE parts (id bigint PRIMARY KEY, name text, order_id bigint);
ALTER TABLE parts ADD CONSTRAINT parts_order FOREIGN KEY (order_id) REFERENCES orders (id);
CREATE INDEX parts_name_idx ON parts (name);
CREATE VIEW named_parts AS SELECT id, name FROM parts;

-- +goose Down
DROP VIEW named_parts;
DROP TABLE parts;
