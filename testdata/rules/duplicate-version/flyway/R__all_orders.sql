CREATE VIEW all_orders AS SELECT id FROM orders;
