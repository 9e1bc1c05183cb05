-- Silent: it is on, whatever the order; or there is no policy, or no table any
-- more; or it may have been switched on before.
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY a_all ON a USING (true);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE POLICY b_all ON b USING (true);
ALTER TABLE b ADD COLUMN c text, ENABLE ROW LEVEL SECURITY;
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE POLICY c_all ON c USING (true);
DROP POLICY c_all ON c;
CREATE TABLE d (id bigint PRIMARY KEY);
CREATE POLICY d_all ON d USING (true);
DROP TABLE d;
CREATE POLICY unknown_all ON unknown USING (true);
BEGIN;
CREATE TABLE e (id bigint PRIMARY KEY);
COMMIT;
BEGIN;
CREATE POLICY e_all ON e USING (true);
ROLLBACK;
