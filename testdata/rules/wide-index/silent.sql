CREATE TABLE t (a int, b int, c int, d int);
CREATE INDEX ON t (a, b, c);
-- As wide as what it enforces.
CREATE UNIQUE INDEX ON t (a, b, c, d);
ALTER TABLE t ADD PRIMARY KEY (a, b, c, d);
-- What it carries is no key.
CREATE INDEX ON t (a, b) INCLUDE (c, d);
-- Each column of the others is searched by itself.
CREATE INDEX ON t USING brin (a, b, c, d);
CREATE INDEX gone ON t (d, c, b, a);
DROP INDEX gone;
