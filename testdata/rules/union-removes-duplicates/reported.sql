SELECT 'order' AS kind, id FROM orders UNION SELECT 'refund', id FROM refunds;
SELECT id, 1::int FROM a UNION SELECT id, 2 FROM b;
SELECT id FROM t WHERE id IN (SELECT id FROM a UNION SELECT id FROM b);
SELECT EXISTS (SELECT id FROM a UNION SELECT id FROM b);
SELECT s.id FROM (SELECT id, true AS is_a FROM a UNION SELECT id, false FROM b) AS s;
