-- Silent: there is an order.
SELECT id FROM posts ORDER BY id LIMIT 10;
SELECT id FROM (SELECT id FROM posts ORDER BY rank) AS ranked LIMIT 10;
WITH ranked AS (SELECT id FROM posts ORDER BY rank) SELECT id FROM ranked LIMIT 10;
SELECT n FROM generate_series(1, 100) AS n LIMIT 10;
SELECT v FROM (VALUES (1), (2)) AS t (v) LIMIT 1;
-- Silent: no limit, or no rows.
SELECT id FROM posts LIMIT ALL;
SELECT id FROM posts LIMIT NULL;
SELECT id FROM posts LIMIT 0;
-- Silent: one row is as good as another.
SELECT 1 FROM posts WHERE author = $1 LIMIT 1;
SELECT EXISTS (SELECT id FROM posts LIMIT 1);
SELECT count(*) FROM posts LIMIT 1;
SELECT coalesce(string_agg(title, ','), '') FROM posts LIMIT 1;
DELETE FROM posts WHERE ctid IN (SELECT ctid FROM posts WHERE old LIMIT 1000);
WITH batch AS (SELECT id FROM posts WHERE old LIMIT 1000)
UPDATE posts SET old = false FROM batch WHERE batch.id = posts.id;
WITH batch AS (SELECT id FROM posts WHERE old LIMIT 1000),
    done AS (UPDATE posts SET old = false FROM batch WHERE batch.id = posts.id)
INSERT INTO log (id) SELECT id FROM batch;
SELECT id FROM jobs WHERE state = 'ready' LIMIT 5 FOR UPDATE SKIP LOCKED;
-- Silent: the column may be a key; the tables are not known.
SELECT id, name FROM authors WHERE id = $1 LIMIT 1;
-- Silent: a template may say what comes first.
SELECT id FROM posts WHERE length(title) > 3 {{ order }} LIMIT 10;
-- Whether there is one is all that is asked.
WITH slot AS (SELECT id, title FROM posts WHERE length(title) > 3 LIMIT 1),
    other AS (SELECT id FROM posts WHERE length(title) > 4 LIMIT 1)
SELECT EXISTS (SELECT 1 FROM slot) OR EXISTS (SELECT 1 FROM other);
