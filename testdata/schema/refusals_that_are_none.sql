-- What looks like a fault and is none.
CREATE FUNCTION same_name(a int) RETURNS TABLE (a int) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a int, b int);
UPDATE t SET (a, b) = ROW(v.*) FROM (VALUES (21, 100)) AS v (i, j) WHERE t.a = v.i;
CREATE TEMP TABLE p (a int) PARTITION BY LIST (a);
CREATE INDEX p_a_idx ON p (a);
DROP INDEX CONCURRENTLY p_a_idx;
