-- What looks like a fault and is none.
CREATE FUNCTION same_name(a int) RETURNS TABLE (a int) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a int, b int);
UPDATE t SET (a, b) = ROW(v.*) FROM (VALUES (21, 100)) AS v (i, j) WHERE t.a = v.i;
CREATE TEMP TABLE p (a int) PARTITION BY LIST (a);
CREATE INDEX p_a_idx ON p (a);
DROP INDEX CONCURRENTLY p_a_idx;

-- NEW.* is as many values as the table has columns; a rule's action may begin
-- with WITH that writes.
CREATE TABLE source (a int, b int);
CREATE TABLE log (a int, b int, tag text);
CREATE RULE copied AS ON UPDATE TO source DO ALSO
    INSERT INTO log VALUES (1, 2, DEFAULT), (new.*, 'new'), (old.*, 'old');
CREATE RULE shown AS ON INSERT TO source DO ALSO VALUES (new.*, 'new'), (1, 2, 'b');
CREATE RULE gone AS ON DELETE TO source DO INSTEAD
    WITH written AS (INSERT INTO log VALUES (0, 0, 'x') RETURNING *)
    INSERT INTO log SELECT old.*, written.tag FROM written;
