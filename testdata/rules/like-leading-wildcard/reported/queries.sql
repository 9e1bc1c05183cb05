SELECT id FROM users WHERE email LIKE '%@example.org';
SELECT id FROM users u WHERE u.name ILIKE '%' || $1 || '%';
SELECT id FROM orders WHERE phone LIKE '%12' OR phone = '7';
