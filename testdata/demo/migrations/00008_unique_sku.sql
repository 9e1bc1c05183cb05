-- +goose Up
ALTER TABLE products ADD CONSTRAINT products_sku_key UNIQUE (sku);

-- +goose Down
ALTER TABLE products DROP CONSTRAINT products_sku_key;
