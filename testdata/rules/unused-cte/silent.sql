-- Silent: each is read, one only by another, one deep inside.
WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT x FROM b;
WITH a AS (SELECT 1 AS x) SELECT (SELECT x FROM (SELECT x FROM a) AS s);
WITH RECURSIVE b AS (SELECT x FROM a), a AS (SELECT 1 AS x) SELECT x FROM b;
WITH a AS (SELECT 1 AS x) UPDATE t SET c = a.x FROM a WHERE t.id = a.x;
WITH a AS (SELECT 1 AS x) INSERT INTO t (x) SELECT x FROM a;
WITH a AS (SELECT 1 AS x) TABLE a;
WITH a AS (SELECT 1) SELECT EXISTS (WITH b AS (SELECT FROM a) SELECT FROM b);
-- Silent: what writes runs in any case.
WITH gone AS (DELETE FROM orders WHERE id = 1), new AS (INSERT INTO t DEFAULT VALUES)
SELECT 1;
