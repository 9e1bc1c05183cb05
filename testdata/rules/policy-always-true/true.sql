CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY "All" ON notes USING (true);
CREATE POLICY all_checked ON notes USING (true) WITH CHECK (owner = current_user);
CREATE POLICY all_mine ON notes USING (owner = current_user) WITH CHECK (true);
CREATE POLICY twice ON notes TO authenticated USING ((true)) WITH CHECK (true);
CREATE POLICY added ON notes FOR INSERT TO anon, app WITH CHECK (true);
CREATE POLICY changed ON notes FOR UPDATE USING (true) WITH CHECK (id > 0);
CREATE POLICY given ON notes FOR UPDATE USING (owner = current_user) WITH CHECK (true);
CREATE POLICY deleted ON notes FOR DELETE USING (true);
CREATE POLICY altered ON notes FOR DELETE USING (owner = current_user);
ALTER POLICY altered ON notes USING (TRUE);
-- A table that is not known may have row level security.
CREATE POLICY unknown_all ON unknown USING (true);
-- A restrictive policy for one command leaves the others.
CREATE TABLE tasks (id bigint PRIMARY KEY, owner text);
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
CREATE POLICY tasks_all ON tasks USING (true);
CREATE POLICY tasks_kept ON tasks AS RESTRICTIVE FOR DELETE USING (false);
