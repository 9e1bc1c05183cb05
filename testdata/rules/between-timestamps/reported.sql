CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz, paid_at timestamp(3), due date);
SELECT id FROM orders WHERE placed_at BETWEEN '2024-01-01' AND '2024-01-31';
SELECT id FROM orders o WHERE o.paid_at NOT BETWEEN $1 AND $2::date;
SELECT id FROM orders WHERE placed_at BETWEEN now() - interval '1 week' AND CURRENT_DATE;
SELECT id FROM orders WHERE paid_at BETWEEN DATE '2024-01-01' AND '2024-01-31'::timestamp;
