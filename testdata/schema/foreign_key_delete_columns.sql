-- versions: 15-18
-- The columns of ON DELETE SET NULL come before those of the other table.
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE u (b text REFERENCES t (id) ON DELETE SET NULL (a));
CREATE TABLE u (a int, b int REFERENCES t (id) ON DELETE SET NULL (a));
CREATE TABLE u (a int, b int REFERENCES t (nope) ON DELETE SET NULL (a));
CREATE TABLE u (b int REFERENCES t (id) ON DELETE SET DEFAULT (b));
