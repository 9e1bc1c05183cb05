-- Silent: the index has it; another condition is served.
SELECT id FROM users WHERE tags @> '["a"]';
SELECT id FROM users WHERE data @> '{"state": "new"}' AND email = $1;
SELECT data @> '{}' FROM users;
-- Silent: nobody knows the column.
SELECT id FROM events WHERE data @> '{"state": "new"}';
