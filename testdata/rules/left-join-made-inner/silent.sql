-- Silent: rows without a match are looked for, or kept.
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE o.total > 3 OR o.id IS NULL;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE coalesce(o.total, 0) < 3 AND o.state IS DISTINCT FROM 'gone';
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE (o.paid IS NOT TRUE) AND concat(o.city, 'x') = 'x' AND my_function(o.id) > 0;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE c.city = 'Rome' OR o.total > 3;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE CASE WHEN o.id IS NULL THEN true ELSE o.total > 3 END
    AND NOT (o.id = ANY ($1)) AND num_nulls(o.id) = 1;
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);
-- Silent: the condition is of the side that is kept, in ON, or after grouping.
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.total > 3
    WHERE c.city = 'Rome';
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
    GROUP BY c.id HAVING count(o.id) > 3;
SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.total > 3;
-- Silent: nobody knows whose column it is.
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE total > 3;
