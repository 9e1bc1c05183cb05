SELECT id FROM users WHERE data @> '{"state": "new"}';
SELECT id FROM users u WHERE u.data @? '$.state' AND name = 'x';
SELECT id FROM users WHERE data @> $1::jsonb;
