CREATE TABLE notes (id bigint PRIMARY KEY, tenant bigint, owner uuid);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notes USING (tenant = app.tenant());
-- Silent: the settings name other functions.
CREATE POLICY own ON notes USING (owner = auth.uid());
