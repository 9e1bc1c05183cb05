SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.total > 3;
SELECT c.id FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id
    WHERE lower(o.city) LIKE 'r%' AND c.id > 0;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE o.id IS NOT NULL;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE o.total BETWEEN 1 AND 2 OR o.state IN ('a', 'b') OR o.id = ANY ($1);
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE o.paid AND NOT o.sent;
SELECT c.id FROM customers c
    LEFT JOIN orders o ON o.customer_id = c.id LEFT JOIN items i ON i.order_id = o.id
    WHERE i.n::text = '3' AND o.at < now();
SELECT c.id FROM customers c LEFT JOIN (SELECT 1 AS x) AS s ON true WHERE s.x <> c.id;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE o.id IN (SELECT id FROM paid);
