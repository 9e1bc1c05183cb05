CREATE TABLE t (a int, b int, c int);
CREATE INDEX ON t (a, b);
-- It enforces something.
CREATE UNIQUE INDEX ON t (a);
-- Not the beginning, or not in that order.
CREATE INDEX ON t (b);
CREATE INDEX ON t (a, c);
CREATE INDEX ON t (a DESC);
-- Other rows.
CREATE INDEX ON t (a, b) WHERE c > 0;
CREATE INDEX ON t (b, c) WHERE a > 0;
-- It carries more.
CREATE INDEX ON t (a, b) INCLUDE (c);
-- Only a B-tree's beginning serves by itself.
CREATE INDEX ON t USING hash (c);
CREATE INDEX ON t USING brin (c, a);
CREATE INDEX ON t USING brin (c);
