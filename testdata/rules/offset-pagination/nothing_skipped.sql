-- Silent: no row is skipped.
SELECT id FROM posts ORDER BY id LIMIT 20;
SELECT id FROM (SELECT id FROM posts WHERE slow(id) OFFSET 0) AS fence;
SELECT id FROM posts ORDER BY id LIMIT 20 OFFSET 0::bigint;
SELECT id FROM posts ORDER BY id LIMIT 20 OFFSET NULL;
SELECT id FROM posts ORDER BY id OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY;
SELECT "offset" FROM pages WHERE p.offset > 10 ORDER BY "offset" LIMIT 10;
SELECT lag(id, 1) OVER (ORDER BY id) FROM posts;
-- Silent: these rows are in no table, where an index could find them.
SELECT part FROM string_to_table($1, '.') AS part LIMIT 3 OFFSET 1;
SELECT n FROM (VALUES (1), (2), (3)) AS v (n), generate_series(1, 3) OFFSET 2;
