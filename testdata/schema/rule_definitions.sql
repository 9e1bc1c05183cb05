-- What scripts write rules and statistics again from, under later names.
CREATE TABLE t (a int, b text, on_call int);
CREATE TABLE log (a int, b text, at timestamptz DEFAULT now());
CREATE VIEW v AS SELECT a, b FROM t;
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t (a, b) VALUES (new.a, NEW.b);
CREATE RULE upd AS ON UPDATE TO v WHERE old.a <> new.a DO INSTEAD (UPDATE t SET a = new.a, b = new.b WHERE t.a = old.a; INSERT INTO log (a, b) VALUES (old.a, new.b));
CREATE RULE del AS ON DELETE TO t DO ALSO INSERT INTO log SELECT old.a, old.b;
CREATE RULE noth AS ON UPDATE TO t WHERE new.a = 3 DO INSTEAD NOTHING;
CREATE RULE note AS ON INSERT TO t DO NOTIFY t;
CREATE STATISTICS st (ndistinct, dependencies) ON a, b FROM t;
CREATE STATISTICS st ON on_call, a FROM t;
ALTER TABLE t RENAME COLUMN a TO alpha;
ALTER TABLE t RENAME TO things;
ALTER TABLE log RENAME COLUMN b TO beta;
ALTER TABLE things DISABLE RULE del;
