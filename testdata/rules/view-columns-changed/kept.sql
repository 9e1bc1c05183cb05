-- Silent: columns are added at the end, or nothing is known of the view.
CREATE TABLE orders (id bigint, state text, total integer);
CREATE VIEW open_orders AS SELECT id, state FROM orders;
CREATE OR REPLACE VIEW open_orders AS SELECT id, state, total FROM orders;
CREATE OR REPLACE VIEW paid_orders AS SELECT id FROM orders;
DROP VIEW open_orders;
CREATE OR REPLACE VIEW open_orders AS SELECT total FROM orders;
