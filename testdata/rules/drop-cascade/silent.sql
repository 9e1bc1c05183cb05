-- Silent: RESTRICT, written or not.
DROP VIEW others;
DROP FUNCTION f() RESTRICT;
-- Silent: nothing depends on a trigger.
DROP TRIGGER t ON orders CASCADE;
-- Silent: made here.
CREATE VIEW mine AS SELECT 1 AS one;
CREATE VIEW also_mine AS SELECT * FROM mine;
DROP VIEW mine CASCADE;
