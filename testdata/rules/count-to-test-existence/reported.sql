SELECT id FROM customers c
    WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 0;
SELECT (SELECT count(*) FROM orders) = 0 AS is_empty;
SELECT count(*) > 0 FROM orders WHERE customer_id = $1;
SELECT count(o.id) >= 1 AS found FROM orders o JOIN items i ON i.order_id = o.id;
SELECT 1 > (SELECT count(id) FROM orders WHERE id = 1);
SELECT 0 < (SELECT count(*) FROM app."Orders"), 0 <> (SELECT count(*) FROM b);
SELECT CASE WHEN (SELECT count(*) FROM orders) != 0 THEN 'some' ELSE 'none' END;
SELECT (SELECT count(*) FROM orders) <= 0;
