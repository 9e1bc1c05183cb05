-- Silent: made here, or nobody else's.
CREATE TABLE mine (id bigint);
TRUNCATE mine;
CREATE TEMPORARY TABLE work (id bigint);
TRUNCATE work;
-- Silent: a function's body is not run here.
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
