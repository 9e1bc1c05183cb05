-- Silent: an operator takes both types.
SELECT id FROM orders WHERE id = 17;
SELECT id FROM orders WHERE number = 5::bigint;
SELECT id FROM orders WHERE name = 'a'::text;
SELECT id FROM orders WHERE note = 'a'::varchar;
SELECT id FROM orders WHERE code = 'a';
SELECT id FROM orders WHERE price = 5.5;
SELECT id FROM orders WHERE price = 5::numeric;
SELECT id FROM orders WHERE placed = now();
SELECT id FROM orders WHERE at > '2024-01-01'::date;
SELECT id FROM orders WHERE id = '17';
SELECT id FROM orders WHERE id = $1;
-- Silent: no index has the column, or another condition is served.
SELECT id FROM bills WHERE number = 5::float8;
SELECT id FROM orders WHERE number = 5.5 AND id = 3;
