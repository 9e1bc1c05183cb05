SELECT id FROM orders WHERE;
SELECT id FROM orders WHERE total >
