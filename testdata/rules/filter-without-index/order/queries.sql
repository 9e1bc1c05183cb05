-- Reported: in the help columns of = come first, then those of ORDER BY.
SELECT id FROM events WHERE kind = $1 ORDER BY seen DESC, id DESC LIMIT 10;
SELECT id FROM events WHERE kind = $1 AND seen > $2 ORDER BY seen LIMIT 10;
SELECT id FROM events WHERE seen > $2 AND kind = $1;
SELECT id FROM events WHERE kind = $1 ORDER BY seen DESC, id LIMIT 10;
-- Reported: the index has nulls last, or another order than ORDER BY.
SELECT id FROM events WHERE kind = $1 ORDER BY at DESC LIMIT 10;
SELECT id FROM events WHERE kind = $1 ORDER BY place LIMIT 10;
-- Reported: without LIMIT all rows are read.
SELECT id FROM events WHERE kind = $1 ORDER BY at DESC NULLS LAST;
-- Reported: what the function gives has no order.
SELECT id FROM events WHERE kind = $1 ORDER BY random() LIMIT 1;
-- Silent: forwards or backwards, by a name or a position.
SELECT id FROM events WHERE kind = $1 ORDER BY at DESC NULLS LAST LIMIT 10;
SELECT at AS moment, id FROM events WHERE kind = $1 ORDER BY moment NULLS FIRST, id DESC LIMIT 10;
SELECT * FROM events WHERE kind = $1 ORDER BY at NULLS FIRST LIMIT 10;
SELECT at FROM events WHERE kind = $1 ORDER BY 1 NULLS FIRST LIMIT 10;
SELECT max(at) FROM events WHERE kind = $1;
