-- Silent: SET assigns, DEFAULT NULL is a value, a list of values too.
UPDATE orders SET paid_at = NULL WHERE id = 1;
ALTER TABLE orders ADD COLUMN note text DEFAULT NULL;
INSERT INTO orders (id, paid_at) VALUES (1, NULL);
-- Silent: what tests for null.
SELECT id FROM orders WHERE paid_at IS NULL OR paid_at IS DISTINCT FROM NULL;
SELECT CASE WHEN paid_at IS NULL THEN 1 END, coalesce(total, NULL) FROM orders;
-- Silent: arguments by name, and operators that are no comparison.
SELECT make_date(year => NULL, month => 1, day => 1), 'a' || NULL;
