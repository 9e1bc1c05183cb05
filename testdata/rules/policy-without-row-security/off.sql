CREATE SCHEMA app;
CREATE TABLE app.notes (id bigint PRIMARY KEY, owner text);
CREATE POLICY gone ON app.notes USING (true);
CREATE POLICY "Own notes" ON app.notes USING (owner = current_user);
CREATE POLICY more ON app.notes FOR SELECT USING (true);
DROP POLICY gone ON app.notes;
-- Switched off again.
CREATE TABLE tasks (id bigint PRIMARY KEY, owner text);
CREATE POLICY tasks_own ON tasks USING (owner = current_user);
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks ALTER COLUMN owner SET NOT NULL, DISABLE ROW LEVEL SECURITY;
-- A table that is not known, and a DISABLE that is.
CREATE POLICY own ON unknown USING (true);
ALTER TABLE unknown DISABLE ROW LEVEL SECURITY;
-- FORCE alone switches nothing on.
CREATE TABLE forced (id bigint PRIMARY KEY);
CREATE POLICY forced_own ON forced USING (true);
ALTER TABLE forced FORCE ROW LEVEL SECURITY;
