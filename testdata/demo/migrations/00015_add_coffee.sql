-- Written with an old editor: not UTF-8.

-- +goose Up
INSERT INTO products (sku, title, price)
VALUES ('CAF-1', 'Café crème', 3.20);

-- +goose Down
DELETE FROM products WHERE sku = 'CAF-1';
