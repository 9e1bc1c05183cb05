SELECT id FROM users WHERE lower(email) = $1;
SELECT id FROM users u WHERE u.at::date = '2024-01-31';
SELECT id FROM users WHERE date_trunc('day', at) = $1;
SELECT id FROM orders WHERE $1 = abs(user_id);
SELECT id FROM users WHERE upper(email) IN ('A', 'B') AND name = 'x';
SELECT id FROM users WHERE id::text = split_part($1, '/', 2);
