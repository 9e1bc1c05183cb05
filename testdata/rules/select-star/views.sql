CREATE VIEW open_orders AS SELECT * FROM orders WHERE status = 'open';
CREATE OR REPLACE VIEW app.o (id, day) AS SELECT orders.* FROM orders;
CREATE MATERIALIZED VIEW totals AS SELECT o.*, 1 AS one FROM orders AS o;
CREATE TABLE shop (id bigint, name text, "zip Code" text);
CREATE VIEW shops AS SELECT * FROM shop;
