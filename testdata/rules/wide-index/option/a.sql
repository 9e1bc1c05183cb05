CREATE TABLE t (a int, b int, c int, d int, e int);
CREATE INDEX ON t (a, b, c, d);
CREATE INDEX ON t (a, b, c, d, e);
