-- +goose Up
CREATE OR REPLACE VIEW named_parts AS SELECT id, name, order_id FROM parts;

-- +goose Down
DROP VIEW named_parts;
CREATE VIEW named_parts AS SELECT id, order_id, id AS number FROM parts;
