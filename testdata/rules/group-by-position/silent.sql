-- Silent: names and expressions, and a number that is none of the targets'.
SELECT customer_id, count(*) FROM orders GROUP BY customer_id;
SELECT date_trunc('day', placed_at) AS day, count(*) FROM orders GROUP BY day;
SELECT count(*) FROM orders GROUP BY ();
SELECT a, count(*) FROM t GROUP BY GROUPING SETS ((a), ());
