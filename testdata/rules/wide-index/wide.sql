CREATE TABLE t (a int, b int, c int, "D" int, e text);
CREATE INDEX ON t (a, b, c, "D");
CREATE INDEX wide ON t ("D", lower(e), a, b, c) WHERE a > 0;
CREATE INDEX ON t (a DESC, b NULLS FIRST, "D" DESC NULLS LAST, e);
