-- Silent: one for each command and role; restrictive ones, which narrow; off.
CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON notes FOR SELECT USING (owner = current_user);
CREATE POLICY b ON notes FOR INSERT WITH CHECK (owner = current_user);
CREATE POLICY c ON notes FOR UPDATE TO app USING (owner = current_user);
CREATE POLICY d ON notes FOR UPDATE TO admin USING (true);
CREATE POLICY e ON notes AS RESTRICTIVE USING (id > 0);
CREATE POLICY f ON notes AS RESTRICTIVE USING (id > 1);
CREATE TABLE off (id bigint PRIMARY KEY);
CREATE POLICY a ON off USING (true);
CREATE POLICY b ON off USING (true);
