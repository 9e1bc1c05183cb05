-- Silent: nobody outside of the statement sees what the star stands for, or
-- the statement says itself which columns there are.
SELECT count(*) FROM orders;
SELECT id FROM orders o WHERE EXISTS (SELECT * FROM items i WHERE i.id = o.id);
SELECT id FROM orders WHERE (id, day) IN (SELECT * FROM wanted);
SELECT o.id, o.day FROM (SELECT * FROM orders) AS o;
WITH o AS (SELECT * FROM orders) SELECT id, day FROM o;
WITH o AS (SELECT id, day FROM orders) SELECT * FROM o;
WITH a AS (SELECT id FROM orders), b AS (SELECT * FROM a) SELECT b.* FROM b;
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (id, name);
SELECT * FROM (SELECT id FROM a UNION SELECT id FROM b) AS u;
SELECT * FROM generate_series(1, 10);
SELECT * FROM crosstab('SELECT ...') AS (a int, b text);
SELECT * FROM json_to_recordset($1) AS x(a int, b text);
SELECT * FROM ROWS FROM (f(1), g(2));
SELECT * FROM xmltable('/r' PASSING data COLUMNS a int);
SELECT row_to_json(o.*) FROM orders o;
SELECT array_agg(o.*), (o.address).* FROM orders o GROUP BY o.address;
INSERT INTO archive WITH o AS (SELECT id FROM orders) SELECT * FROM o;
INSERT INTO archive SELECT * FROM (VALUES (1, 2)) AS v;
INSERT INTO archive (id) SELECT * FROM unnest($1::bigint[]);
CREATE TABLE copied AS SELECT * FROM orders;
CREATE TABLE copied AS TABLE orders;
SELECT * INTO copied FROM orders;
COPY (SELECT * FROM orders) TO STDOUT;
EXPLAIN SELECT * FROM orders;
WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*), max(id) FROM gone;
WITH gone AS (DELETE FROM orders RETURNING id, day) SELECT * FROM gone;
CREATE FUNCTION all_orders() RETURNS SETOF orders LANGUAGE sql
    BEGIN ATOMIC SELECT * FROM orders; END;
CREATE FUNCTION more_orders() RETURNS SETOF orders LANGUAGE sql
    AS 'SELECT * FROM orders';
WITH RECURSIVE tree AS (
    SELECT id, parent FROM nodes WHERE parent IS NULL
    UNION ALL SELECT n.id, n.parent FROM nodes n JOIN tree ON tree.id = n.parent
) SELECT * FROM tree;
MERGE INTO orders USING (SELECT * FROM new_orders) n ON n.id = orders.id
    WHEN MATCHED THEN DELETE;
SELECT price * 2, * FROM (SELECT 1 AS price) AS p;

-- Rows are moved: what leaves one table enters the other, in one statement.
WITH moved AS (DELETE FROM orders WHERE placed_at < now() - interval '1 year' RETURNING *)
INSERT INTO orders_archive SELECT * FROM moved;
