SELECT id, title FROM posts LIMIT 10;
SELECT id FROM posts WHERE author = $1 FETCH FIRST 5 ROWS ONLY;
SELECT p.id FROM posts p JOIN authors a ON a.id = p.author LIMIT $1::int;
SELECT id FROM a UNION SELECT id FROM b LIMIT 3;
SELECT author, count(*) FROM posts GROUP BY author LIMIT 3;
INSERT INTO sample (id) SELECT id FROM posts WHERE length(title) > 3 LIMIT 5;
SELECT (SELECT title FROM posts p WHERE length(p.title) > a.n LIMIT 1) FROM authors a;
CREATE VIEW first_posts AS SELECT id FROM posts LIMIT 10;
SELECT s.id FROM (SELECT id FROM posts ORDER BY id) AS s, tags LIMIT 10;
-- The one row, or a look whether there is any: only an info.
SELECT id FROM settings LIMIT 1;
-- Its rows are read, too.
WITH slot AS (SELECT id FROM posts WHERE length(title) > 3 LIMIT 1)
SELECT id FROM slot WHERE EXISTS (SELECT 1 FROM slot);
