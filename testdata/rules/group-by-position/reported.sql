SELECT customer_id, count(*) FROM orders GROUP BY 1;
SELECT date_trunc('day', placed_at) AS day, status, count(*) FROM orders GROUP BY 1, 2;
SELECT date_trunc('day', placed_at), count(*) FROM orders GROUP BY 1;
SELECT sub.a FROM (SELECT a, b, max(c) FROM t GROUP BY a, 2) AS sub;
-- GROUP BY name would mean the column.
SELECT lower(name) AS name, count(*) FROM orders GROUP BY 1;
SELECT o.id AS order_id, count(*) FROM orders o GROUP BY 1;
