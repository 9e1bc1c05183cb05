-- Silent: names and expressions.
SELECT id, placed_at FROM orders ORDER BY placed_at, id + 1;
SELECT lower(name) AS low FROM orders ORDER BY low;
-- Silent: within an aggregate or OVER a number is only a number.
SELECT string_agg(name, ',' ORDER BY 1), row_number() OVER (ORDER BY 1) FROM orders;
SELECT id FROM orders ORDER BY NULL;
