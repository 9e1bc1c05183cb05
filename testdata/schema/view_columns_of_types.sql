-- The types of a view's columns, from what its query reads.
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TYPE pair AS (x int, y varchar(5));
CREATE DOMAIN word AS varchar(9) CHECK (value <> '');
CREATE TABLE t (id bigint, m mood, p pair, w word, n numeric(6, 2), v varchar(7), c char(3), ws word[],
    r int4range, j jsonb, i interval, ts timestamp(2), bytes bytea, u uuid, f real, s smallint);
CREATE VIEW parts AS SELECT (p).x, (p).y, (t.p).*, t.* FROM t;
CREATE VIEW parts AS SELECT (p).x AS px, (t.p).*, w || 'x' AS concat, ws[1], ws[1:2] AS slice FROM t;
CREATE VIEW whole AS SELECT t AS whole, t.*::text AS as_text FROM t;
CREATE VIEW arithmetic AS SELECT s + 1 AS a, s + id AS b, f * 2 AS c, n / 2 AS d, -s AS e, i * 2 AS f, ts - ts AS g,
    ts + i AS h, id % 2 AS k, 2 ^ s AS l, n + f AS m, s::numeric + 1 AS o, @ n AS p, id << 1 AS q FROM t;
CREATE VIEW texts AS SELECT v || c AS a, upper(v) AS b, substring(v FROM 1 FOR 2) AS c, trim(c) AS d, left(v, 2) AS e,
    length(w) AS f, concat(v, 1) AS g, format('%s', v) AS h, v LIKE 'x%' AS i, v ~ 'x' AS k, md5(v) AS l,
    position('x' IN v) AS m, overlay(v PLACING 'x' FROM 1) AS n, replace(v, 'a', 'b') AS o, v || NULL AS p FROM t;
CREATE VIEW json_values AS SELECT j -> 'a' AS a, j ->> 'a' AS b, j #> '{a}' AS c, j #>> '{a}' AS d, j ? 'a' AS e,
    j @> '{}' AS f, jsonb_build_object('a', 1) AS g, to_jsonb(t) AS h, jsonb_agg(j) OVER () AS i, j || j AS k,
    jsonb_array_length(j) AS l, (j ->> 'a')::int AS m, row_to_json(t) AS n, j - 'a' AS o FROM t;
CREATE VIEW choices AS SELECT coalesce(v, w) AS a, coalesce(s, id) AS b, nullif(id, 1) AS c, greatest(s, id, 1.5) AS d,
    CASE WHEN true THEN v ELSE c END AS e, CASE s WHEN 1 THEN n ELSE 1 END AS f, coalesce(n, 0) AS g, coalesce(m, 'a') AS h,
    coalesce(NULL, 'x') AS i, CASE WHEN true THEN NULL END AS k, coalesce(ts, now()) AS l, least(w, 'x') AS m FROM t;
CREATE VIEW times AS SELECT now() AS a, current_date AS b, current_time AS c, current_time(2) AS d, localtimestamp AS e,
    date_trunc('day', ts) AS f, age(ts) AS g, ts::date - 1 AS h, ts AT TIME ZONE 'UTC' AS i, current_timestamp(3) AS k,
    date_part('year', ts) AS l, make_date(2024, 1, 1) AS m, ts::time AS n, to_char(ts, 'YYYY') AS o, ts < now() AS p FROM t;
CREATE VIEW aggregates AS SELECT count(*) AS a, sum(s) AS b, sum(id) AS c, sum(n) AS d, sum(f) AS e, avg(id) AS f, avg(f) AS g,
    min(v) AS h, max(w) AS i, array_agg(w) AS k, string_agg(v, ',') AS l, bool_or(true) AS m, max(m) AS n, sum(i) AS o,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY f) AS p, mode() WITHIN GROUP (ORDER BY m) AS q, array_agg(ws) AS r,
    count(*) FILTER (WHERE true) AS s, json_object_agg(v, n) AS t, stddev(s) AS u, every(true) AS v, max(ts) AS w FROM t;
CREATE VIEW windows AS SELECT row_number() OVER () AS a, lag(v) OVER (ORDER BY id) AS b, first_value(m) OVER w AS c,
    ntile(4) OVER w AS d, rank() OVER w AS e, percent_rank() OVER w AS f, sum(n) OVER w AS g FROM t WINDOW w AS (ORDER BY id);
CREATE VIEW literals AS SELECT 1 AS a, 3000000000 AS b, 1.5 AS c, 1e3 AS d, 'x' AS e, B'101' AS f, X'1F' AS g, true AS h,
    NULL AS i, '1'::int AS k, DATE '2024-01-01' AS l, INTERVAL '1' DAY AS m, INTERVAL '1 hour' AS n, ARRAY[1, 2] AS o,
    ARRAY['a', 'b'] AS p, ARRAY[]::int[] AS q, ROW(1, 'a') AS r, E'x\n' AS s, $$x$$ AS t, 99999999999999999999 AS u,
    ARRAY[[1, 2], [3, 4]] AS v, ARRAY[1, 2.5] AS w, '{1}'::int[] AS x, TIMESTAMP(0) WITH TIME ZONE 'now' AS y;
CREATE VIEW literals AS SELECT 1 AS a, 3000000000 AS b, 1.5 AS c, 1e3 AS d, 'x' AS e, B'101' AS f, X'1F' AS g, true AS h,
    NULL AS i, '1'::int AS k, DATE '2024-01-01' AS l, INTERVAL '1' DAY AS m, INTERVAL '1 hour' AS n, ARRAY[1, 2] AS o,
    ARRAY['a', 'b'] AS p, ARRAY[]::int[] AS q, E'x\n' AS s, $$x$$ AS t, 99999999999999999999 AS u,
    ARRAY[[1, 2], [3, 4]] AS v, ARRAY[1, 2.5] AS w, '{1}'::int[] AS x, TIMESTAMP(0) WITH TIME ZONE 'now' AS y;
CREATE VIEW casts AS SELECT id::varchar(3) AS a, v::char(2) AS b, n::numeric(3, 1) AS c, v::text::varchar AS d, f::int AS e,
    CAST(ts AS timestamptz(1)) AS f, w::text AS g, 'a'::mood AS h, '(1,a)'::pair AS i, s::int::bit(8) AS k, id::regclass AS l FROM t;
CREATE VIEW unnamed AS SELECT 1, id::text, upper(v), (p).x, CASE WHEN true THEN id END, ARRAY[1], count(*), coalesce(s, 1), ws[1], now()::date, EXISTS (SELECT 1), (SELECT f FROM t LIMIT 1), CASE WHEN true THEN 1 END FROM t GROUP BY id, v, p, s, ws;
CREATE VIEW unnamed AS SELECT 1, id::text, upper(v), (p).x, ARRAY[1], count(*), coalesce(s, 1), ws[1], now()::date, EXISTS (SELECT 1), (SELECT f FROM t LIMIT 1), CASE WHEN true THEN 1 END, nullif(1, 2), greatest(1, 2), ROW(1)::text, current_user, 1::int4, 'x'::varchar, grouping(id), xmlelement(name a) FROM t GROUP BY id, v, p, s, ws;
