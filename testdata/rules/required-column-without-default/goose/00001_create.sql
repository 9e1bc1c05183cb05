-- Silent: the table is made in this migration.
-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN total integer NOT NULL;

-- +goose Down
DROP TABLE orders;
