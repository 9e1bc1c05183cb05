-- The columns of views: names, types, and what CREATE OR REPLACE may do.
CREATE TABLE t (id int PRIMARY KEY, name varchar(20) NOT NULL, price numeric(10, 2), at timestamptz, tags text[], doc jsonb);
CREATE VIEW everything AS SELECT * FROM t;
CREATE VIEW named (x, y) AS SELECT id, name, price FROM t;
CREATE VIEW expressions AS SELECT id + 1, price * 2 AS double, lower(name), count(*) OVER () AS n,
    doc ->> 'a' AS text, doc -> 'a', tags[1], at::date, coalesce(price, 0), CASE WHEN id > 0 THEN 1.5 END,
    1, 'x', NULL, true, 1.5 AS numeric, now(), current_date, EXTRACT(year FROM at) AS year,
    array_agg(id) OVER (), ARRAY[1, 2], ROW(1, 2) AS row, id IS NULL AS is_null FROM t;
CREATE VIEW expressions AS SELECT id + 1 AS sum, price * 2 AS double, lower(name), count(*) OVER () AS n,
    doc ->> 'a' AS text, doc -> 'a' AS json, tags[1], at::date, coalesce(price, 0), CASE WHEN id > 0 THEN 1.5 END,
    1 AS one, 'x' AS x, NULL AS nothing, true, 1.5 AS numeric, now(), current_date,
    array_agg(id) OVER (), ARRAY[1, 2], id IS NULL AS is_null FROM t;
CREATE VIEW joined AS SELECT a.*, b.name AS other FROM t AS a JOIN t AS b USING (id);
CREATE VIEW bad AS SELECT * FROM t AS a JOIN t AS b USING (id);
CREATE VIEW natural_join AS SELECT * FROM t NATURAL JOIN (SELECT id, 1 AS z FROM t) AS s;
CREATE VIEW unions AS SELECT id, name FROM t UNION ALL SELECT 1.5, 'x' UNION SELECT NULL, NULL;
CREATE VIEW with_query AS WITH a AS (SELECT id, price FROM t), b (x) AS (SELECT sum(price) FROM a) SELECT * FROM a, b;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9;
CREATE VIEW series AS SELECT g, o FROM generate_series(1, 10) WITH ORDINALITY AS s (g, o);
CREATE VIEW listed AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW laterals AS SELECT t.id, l.x FROM t LEFT JOIN LATERAL (SELECT t.price + 1 AS x) AS l ON true;
CREATE VIEW grouped AS SELECT name, count(*), sum(id), avg(price), min(at), max(name), bool_and(true), string_agg(name, ',') FROM t GROUP BY name;
CREATE OR REPLACE VIEW everything AS SELECT *, id AS again FROM t;
CREATE OR REPLACE VIEW everything AS SELECT id FROM t;
CREATE OR REPLACE VIEW everything AS SELECT id::bigint, name, price, at, tags, doc, id AS again FROM t;
CREATE OR REPLACE VIEW named AS SELECT 1 AS z, ''::varchar(20) AS y, 1.0::numeric(10, 2) AS price;
ALTER TABLE t ADD COLUMN later int;
ALTER VIEW named RENAME COLUMN price TO cost;
ALTER VIEW named ALTER COLUMN x SET DEFAULT 5;
ALTER TABLE t RENAME COLUMN name TO title;
ALTER TABLE t DROP COLUMN title;
ALTER TABLE t ALTER COLUMN price TYPE int;
ALTER TABLE t RENAME TO things;
DROP TABLE things;
DROP VIEW everything, named, missing;
DROP VIEW IF EXISTS everything, named, missing;
ALTER TABLE things DROP COLUMN title CASCADE;
DROP TABLE things CASCADE;
