CREATE OR REPLACE VIEW open_orders AS
    SELECT id, customer_id, total FROM orders WHERE state = 'new';
