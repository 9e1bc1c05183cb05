-- Operators of extensions out of the search_path: written with their schema.
CREATE SCHEMA x;
CREATE EXTENSION citext SCHEMA x;
CREATE EXTENSION hstore SCHEMA x;
CREATE EXTENSION ltree;
SET search_path = public, x;
CREATE TABLE t (c citext, h hstore, l ltree, txt text, id int, d text DEFAULT ('a=>b'::hstore -> 'a'), CHECK (c = 'x' AND h ? 'a'), CHECK (c <> 'y' OR h -> 'a' = 'b' AND NOT c = 'z'), CHECK (id + 1 > 2 AND l @> 'a'), CHECK (c || 'x' = 'yx'));
CREATE INDEX ON t ((h -> 'a'));
CREATE INDEX ON t ((h -> 'a' || 'x')) WHERE c = 'a' AND l <@ 'b';
CREATE VIEW comparisons AS SELECT l < l AS a, c = 'x' AS b, c >= txt::citext AS d, (l = 'a') = (c <> 'b') AS e, NOT l <= 'a' AND c < 'b' AS f, l > 'a' IS NULL AS g, l = ANY (ARRAY['a'::ltree]) AS h, l = CASE WHEN true THEN l END AS i, lower(c) = 'x' AS j FROM t;
CREATE VIEW others AS SELECT c = 'x' AS a, h -> 'a' || 'b' AS b, l || 'a' || 'b' AS d, c = ANY (ARRAY['a'::citext]) AS e, c IN ('a', 'b') AS f, c LIKE 'x' AS g, c BETWEEN 'a' AND 'b' AS i, c IS DISTINCT FROM 'x' AS j, CASE c WHEN 'a' THEN 1 END AS l, (c, id) = ('x', 1) AS m, c NOT IN ('x') AS n, c NOT LIKE 'y' AS o, c ILIKE 'z' AS p, - id AS q, NOT c = 'x' AS r FROM t;
CREATE VIEW joins AS SELECT t.txt FROM t JOIN t t2 USING (c) JOIN t t3 ON t3.c = t2.c AND t3.h @> t2.h ORDER BY t.h -> 'a' DESC;
CREATE TABLE copied (LIKE t INCLUDING ALL);
CREATE TABLE generated (h hstore, a text GENERATED ALWAYS AS (h -> 'a' || 'x') STORED);
CREATE POLICY p ON t USING (c = current_user::citext AND h ? 'b');
CREATE DOMAIN dd AS citext CHECK (VALUE <> 'a' AND VALUE ~ 'b' OR VALUE = 'c');
