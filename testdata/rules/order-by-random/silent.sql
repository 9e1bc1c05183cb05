-- Silent: all rows are wanted, so that all are read whatever their order.
SELECT words FROM quotes ORDER BY random();
-- Silent: a part of the table is read, or no table.
SELECT words FROM quotes TABLESAMPLE SYSTEM (1) ORDER BY random() LIMIT 1;
SELECT n FROM generate_series(1, 49) AS n ORDER BY random() LIMIT 6;
SELECT v FROM (VALUES (1), (2)) AS t (v) ORDER BY random() LIMIT 1;
-- Silent: the order is another column's first.
SELECT words FROM quotes ORDER BY rank, random() LIMIT 1;
SELECT words FROM quotes ORDER BY random(1, 5) LIMIT 1;
SELECT words FROM quotes WHERE random() < 0.01 LIMIT 10;
-- Silent: the WITH query is read in any case.
WITH few AS (SELECT id FROM quotes WHERE author = $1)
SELECT (SELECT id FROM few ORDER BY random() LIMIT 1);
