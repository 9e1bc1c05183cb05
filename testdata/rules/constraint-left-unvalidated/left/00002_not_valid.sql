-- +goose Up
ALTER TABLE orders
    ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID,
    ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
ALTER DOMAIN amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0) NOT VALID;
ALTER DOMAIN app."Name" ADD CHECK (VALUE <> '') NOT VALID;
ALTER TABLE app.invoices ADD COLUMN order_id bigint,
    ADD CONSTRAINT "Order" FOREIGN KEY (order_id) REFERENCES orders NOT VALID;

-- +goose Down
SELECT 1;
