-- Each differs in something.
CREATE TABLE t (a int, b int, c text);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a DESC);
CREATE INDEX ON t (a NULLS FIRST);
CREATE INDEX ON t (a) WHERE b > 0;
CREATE INDEX ON t (a) WHERE b > 1;
CREATE INDEX ON t (a) INCLUDE (b);
CREATE INDEX ON t USING hash (a);
CREATE UNIQUE INDEX ON t (a);
CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT;
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (b, a);
CREATE INDEX ON t (c);
CREATE INDEX ON t (c text_pattern_ops);
CREATE INDEX ON t (c COLLATE "C");
CREATE INDEX ON t (lower(c));
CREATE INDEX ON t (upper(c));
-- One can be deferred.
ALTER TABLE t ADD UNIQUE (b, c);
ALTER TABLE t ADD UNIQUE (b, c) DEFERRABLE;

-- The parts of the partitioned table's indexes are not looked at twice.
CREATE TABLE logs (at timestamptz) PARTITION BY RANGE (at);
CREATE INDEX ON logs (at);
CREATE TABLE logs_1 PARTITION OF logs DEFAULT;

-- Not valid before every partition has its part.
CREATE INDEX ON ONLY logs (at);
