-- Silent: the index has trigrams.
SELECT id FROM users WHERE name LIKE '%smith%';
