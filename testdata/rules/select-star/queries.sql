SELECT * FROM orders;
SELECT o.*, u.name FROM orders AS o JOIN users u ON u.id = o.user_id;
SELECT id FROM orders UNION ALL SELECT * FROM old_orders;
WITH recent AS (SELECT id FROM orders WHERE day > '2024-01-01')
SELECT * FROM recent JOIN users USING (id);
-- Nobody names the columns, neither inside nor outside.
SELECT * FROM (SELECT * FROM orders) AS o;
WITH orders AS (SELECT * FROM orders WHERE id > 1) SELECT * FROM orders;
WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone;
PREPARE all_orders AS SELECT * FROM orders;
DECLARE all_orders CURSOR FOR SELECT public.orders.* FROM public.orders;
SELECT * FROM orders TABLESAMPLE system (1);
SELECT * FROM app."Order" FOR UPDATE;

TABLE invoices;
