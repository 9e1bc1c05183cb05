SELECT id, title FROM posts ORDER BY created_at DESC, id DESC LIMIT 20 OFFSET 40;
SELECT id FROM posts p WHERE author = $1 ORDER BY p.id LIMIT $2 OFFSET $3;
SELECT id
FROM posts
WHERE draft OR author = $1 -- the author sees drafts
ORDER BY created_at DESC, id -- newest first
OFFSET (($2 - 1) * 20) ROWS
FETCH FIRST 20 ROWS ONLY;
SELECT id, created_at AS at FROM posts ORDER BY at, 1 LIMIT 20 OFFSET $1;
SELECT id FROM posts ORDER BY rank NULLS LAST, id OFFSET 20;
INSERT INTO page (id) SELECT id FROM posts ORDER BY id OFFSET 5 LIMIT 5;
SELECT * FROM (SELECT id FROM posts WHERE x IN (SELECT y FROM z)
    ORDER BY id LIMIT 5 OFFSET $1::int) AS p WHERE id > 0;
