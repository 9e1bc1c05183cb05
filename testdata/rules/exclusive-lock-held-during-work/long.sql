-- The statement is too long to be repeated as help.
BEGIN;
ALTER TABLE app.orders ADD COLUMN note text;
CREATE TABLE app.order_items AS
SELECT
    items.id,
    items.order_id,
    items.product_id,
    items.quantity,
    items.unit_price,
    items.discount,
    items.created_at,
    items.updated_at,
    orders.customer_id,
    orders.shipping_address,
    orders.billing_address,
    orders.currency,
    orders.placed_at,
    orders.paid_at,
    orders.shipped_at
FROM
    app.items AS items
    JOIN app.orders AS orders ON orders.id = items.order_id
WHERE
    orders.placed_at IS NOT NULL;
COMMIT;
