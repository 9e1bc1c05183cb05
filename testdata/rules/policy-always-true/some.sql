-- Silent: a condition; reading; a role that is trusted; restrictive policies
-- that say which rows; row level security is off; gone.
CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);
CREATE POLICY read ON notes FOR SELECT USING (true);
CREATE POLICY none ON notes FOR INSERT WITH CHECK (false);
CREATE POLICY service ON notes TO service_role USING (true) WITH CHECK (true);
CREATE POLICY kept ON notes AS RESTRICTIVE FOR DELETE USING (true);
CREATE TABLE tasks (id bigint PRIMARY KEY, owner text);
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
CREATE POLICY tasks_all ON tasks USING (true);
CREATE POLICY tasks_own ON tasks AS RESTRICTIVE USING (owner = current_user);
CREATE TABLE off (id bigint PRIMARY KEY);
CREATE POLICY off_all ON off USING (true);
CREATE TABLE gone (id bigint PRIMARY KEY);
ALTER TABLE gone ENABLE ROW LEVEL SECURITY;
CREATE POLICY gone_all ON gone USING (true);
DROP POLICY gone_all ON gone;
