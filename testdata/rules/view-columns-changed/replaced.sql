CREATE TABLE orders (id bigint, state text, total integer);
CREATE VIEW open_orders AS SELECT id, state, total FROM orders;
CREATE OR REPLACE VIEW open_orders AS SELECT id, state FROM orders;
CREATE OR REPLACE VIEW open_orders AS SELECT id, state AS status, total FROM orders;
CREATE OR REPLACE VIEW public.open_orders AS SELECT id, state, total::bigint FROM orders;
CREATE OR REPLACE VIEW open_orders AS SELECT id, total, state FROM orders;
