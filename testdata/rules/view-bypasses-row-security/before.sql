-- options: --postgres-version 14
-- Silent: 14 has no other way.
CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE VIEW a AS SELECT id FROM notes;
