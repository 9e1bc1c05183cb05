-- Silent: ALL.
SELECT 'order' AS kind, id FROM orders UNION ALL SELECT 'refund', id FROM refunds;
-- Silent: the arms may share rows.
SELECT id FROM a UNION SELECT id FROM b;
SELECT id, 'x' FROM a UNION SELECT id, 'x' FROM b UNION SELECT id, name FROM c;
SELECT 'a' INTERSECT SELECT 'b';
-- Silent: the recursion ends when there is nothing new.
WITH RECURSIVE up AS (SELECT id, 1 AS n FROM t UNION SELECT t.id, 2 FROM up, t)
SELECT id FROM up;
