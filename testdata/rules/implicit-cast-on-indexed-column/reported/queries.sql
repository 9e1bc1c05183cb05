SELECT id FROM orders WHERE id = 17.5;
SELECT id FROM orders WHERE number > $1::numeric;
SELECT id FROM orders WHERE 5::float8 = number;
SELECT id FROM orders WHERE number IN (5, 5.5);
SELECT id FROM orders WHERE id = ANY ($1::numeric[]);
SELECT id FROM orders WHERE id BETWEEN 1.5 AND 7.5;
SELECT id FROM orders WHERE code = 'a'::text;
SELECT id FROM orders WHERE code = lower('A');
UPDATE orders SET note = '' WHERE number = 3.0;
