-- One statement that PostgreSQL refuses costs only itself.

-- +goose Up
ALTER TABLE products ADD COLUMN rating numeric(2, 1);
ALTER TABEL products ADD COLUMN rated_at timestamptz;
CREATE INDEX products_rating ON products (rating);

-- +goose Down
DROP INDEX products_rating;
ALTER TABLE products DROP COLUMN rating;
