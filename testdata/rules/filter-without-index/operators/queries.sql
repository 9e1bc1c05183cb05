-- Reported: an operator, or a cast, that the index does not know.
SELECT id FROM things WHERE size + 1 = 5 AND code = $1;
SELECT id FROM things WHERE size <> 5 AND code = $1;
SELECT id FROM things WHERE size = 5.5 AND code = $1;
SELECT id FROM things WHERE 5 = ANY (tags) AND code = $1;
SELECT id FROM things WHERE size > id AND code = $1;
-- Reported: each arm of OR needs one; the constant conditions go to the index.
SELECT id FROM things WHERE size = 3 OR code = 'x' OR deleted_at > now();
SELECT id FROM things WHERE code = $1 AND active AND deleted_at IS NULL;
SELECT id FROM things WHERE code = $1 AND active <> true;
SELECT id FROM things WHERE code LIKE 'abc%' AND active IS FALSE;
-- Reported: a partitioned table's index is built in parts.
SELECT id FROM parts WHERE label = $1;
SELECT id FROM parts WHERE thing = $1;
-- Silent: what an index knows, whichever side it stands on.
SELECT id FROM things WHERE 5 >= size AND code = $1;
SELECT id FROM things WHERE NOT (size < 3) AND code = $1;
SELECT id FROM things WHERE tags @> '{5}' AND code = $1;
SELECT id FROM things WHERE name = $1 AND code = $2;
SELECT id FROM things WHERE (size, id) > ($1, $2) AND code = $3;
-- Silent: an arm that no index can serve, whatever there is.
SELECT id FROM things WHERE $1 IS NULL OR code = $1;
-- Silent: nobody knows which table's column it is.
SELECT 1 FROM things JOIN others ON true WHERE size = 3 AND code = 'a';
-- Silent: partitions are left out; ctid says which rows.
SELECT id FROM parts WHERE id > 500 AND label = $1;
DELETE FROM things WHERE ctid IN (SELECT ctid FROM things WHERE size = 3 LIMIT 100) AND code = 'x';
DELETE FROM things WHERE ctid = ANY (ARRAY(SELECT ctid FROM things WHERE size = 3 LIMIT 100)) AND code = 'x';
-- Silent: the size is 3, too.
SELECT id FROM things WHERE size = id AND id = 3 AND code = $1;
