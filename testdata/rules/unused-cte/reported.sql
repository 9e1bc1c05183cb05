WITH large AS (SELECT id FROM orders WHERE total > 1000)
SELECT id FROM orders;
WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a), "C" AS (SELECT 2)
SELECT x FROM a JOIN (WITH d AS (SELECT 3) SELECT 4) AS e ON true;
WITH RECURSIVE tree AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM tree WHERE n < 9)
SELECT id FROM trees;
WITH old AS (SELECT id FROM orders) DELETE FROM orders WHERE id = 3;
-- The schema's table is not the WITH query of the same name.
WITH users AS (SELECT id FROM public.users) SELECT id FROM public.users;
CREATE VIEW v AS WITH x AS (SELECT 1) SELECT 2 AS two;
-- No row is locked.
WITH locked AS (SELECT id FROM jobs WHERE id = ANY ($1) ORDER BY id FOR UPDATE)
DELETE FROM jobs WHERE id = ANY ($1);
