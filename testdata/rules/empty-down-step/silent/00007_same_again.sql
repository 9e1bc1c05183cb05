-- +goose Up
-- What is in force already changes nothing.
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;
COMMENT ON TABLE orders IS 'what customers want';

-- +goose Down
