-- +goose Up
ALTER TABLE orders ADD COLUMN rate numeric;
UPDATE orders SET tax = total * 0.2;
UPDATE kinds SET label = name;

-- +goose Down
INSERT INTO kinds VALUES ('b') ON CONFLICT DO NOTHING;
CREATE INDEX orders_total_idx ON orders (total);
