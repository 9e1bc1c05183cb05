-- Where the order is not known, or rows are grouped, the help is general.
SELECT id FROM posts LIMIT 20 OFFSET 40;
SELECT id FROM posts ORDER BY lower(title), id LIMIT 20 OFFSET 40;
SELECT author, count(*) FROM posts GROUP BY author ORDER BY author OFFSET 10;
SELECT DISTINCT author FROM posts ORDER BY author OFFSET 10;
SELECT id FROM a UNION SELECT id FROM b ORDER BY id LIMIT 20 OFFSET 40;
SELECT id FROM posts ORDER BY id USING > LIMIT 20 OFFSET 40;
SELECT (SELECT day FROM days ORDER BY day OFFSET (SELECT 3) LIMIT 1) AS third;
SELECT "offset", p.offset FROM posts p LIMIT 20 OFFSET CASE WHEN $1 THEN 1 END;
CREATE VIEW later AS SELECT id FROM posts ORDER BY id OFFSET 10;
-- The total is of all pages: a condition would change it.
SELECT id, coalesce(count(*) OVER (), 0) AS total FROM posts
    ORDER BY id LIMIT 10 OFFSET 20;
