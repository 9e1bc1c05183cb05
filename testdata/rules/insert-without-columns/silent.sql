-- Silent: the columns are named, or there are no values.
INSERT INTO points (x, y) VALUES (1, 2);
INSERT INTO points DEFAULT VALUES;
-- Silent: the table is new.
CREATE TABLE colors (id int, name text);
INSERT INTO colors VALUES (1, 'red');
CREATE TEMPORARY TABLE t AS SELECT 1 AS n;
INSERT INTO t SELECT n FROM numbers;
-- Silent: the rows are those of a WITH query that stands right there.
WITH gone AS (DELETE FROM points WHERE old RETURNING x, y)
INSERT INTO old_points SELECT x, y FROM gone;
-- Silent: select-star says it.
INSERT INTO old_points SELECT * FROM points;
