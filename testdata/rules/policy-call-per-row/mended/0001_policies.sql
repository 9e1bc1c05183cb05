CREATE TABLE notes (id bigint PRIMARY KEY, owner uuid);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON notes USING (owner = auth.uid());
CREATE POLICY b ON notes USING (owner = auth.uid());
CREATE POLICY c ON notes USING (owner = auth.uid());
CREATE POLICY d ON notes USING (owner = auth.uid());
CREATE POLICY e ON notes USING (owner = auth.uid());
