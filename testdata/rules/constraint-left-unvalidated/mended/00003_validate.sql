-- Validated, dropped, gone with its table.
-- +goose Up
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;
ALTER TABLE orders DROP CONSTRAINT orders_small;
ALTER DOMAIN amount VALIDATE CONSTRAINT amount_check;
DROP TABLE app.invoices;

-- +goose Down
SELECT 1;
