-- Silent: the number itself matters.
SELECT count(*) FROM orders;
SELECT id FROM customers c
    WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 1;
SELECT (SELECT count(*) FROM orders) >= 0;
-- Silent: all rows are read for something else.
SELECT count(*) > 0, sum(total) FROM orders;
SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 0;
SELECT count(*) > 0 FROM orders GROUP BY customer_id;
SELECT (SELECT count(*) FROM orders GROUP BY customer_id LIMIT 1) > 0;
SELECT count(*) OVER () > 0 FROM orders;
-- Silent: EXISTS itself, and other calls.
SELECT EXISTS (SELECT 1 FROM orders), (SELECT max(id) FROM orders) > 0;
