-- Silent: a later migration switches it on, or drops the table.
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
DROP TABLE gone;
