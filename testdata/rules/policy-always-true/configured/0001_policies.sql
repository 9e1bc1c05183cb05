CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY users_all ON notes TO users USING (true);
-- Silent: the settings say who is everybody.
CREATE POLICY anon_all ON notes TO anon USING (true);
