CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz, due date);
-- Silent: a date is a day.
SELECT id FROM orders WHERE due BETWEEN '2024-01-01' AND '2024-01-31';
SELECT id FROM orders WHERE placed_at::date BETWEEN '2024-01-01' AND '2024-01-31';
-- Silent: the end is a time.
SELECT id FROM orders WHERE placed_at BETWEEN $1 AND $2;
SELECT id FROM orders WHERE placed_at BETWEEN now() - interval '1 week' AND now();
SELECT id FROM orders WHERE placed_at BETWEEN '2024-01-01' AND '2024-01-31 23:59:59.999999';
-- Silent: nobody knows the column.
SELECT id FROM events WHERE at BETWEEN '2024-01-01' AND '2024-01-31';
