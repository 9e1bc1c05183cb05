CREATE TABLE t (a int, b int, c int, "D" int, e text);
CREATE INDEX ON t (a, b, c, "D");
CREATE INDEX wide ON t ("D", lower(e), a, b, c) WHERE a > 0;
