SELECT id, placed_at FROM orders ORDER BY 2;
SELECT o.id, o."placedAt" FROM orders o ORDER BY o.id, 2 DESC LIMIT 5;
SELECT id, lower(name) AS low, count(*) FROM orders GROUP BY id, name ORDER BY 2, 3;
SELECT count(*), name FROM orders GROUP BY name ORDER BY 1 DESC;
SELECT * FROM orders ORDER BY 1;
SELECT id FROM a UNION SELECT id FROM b ORDER BY 1;
CREATE VIEW latest AS SELECT a, b, c, d, e, f FROM t ORDER BY 6;
