-- Silent: dropped, given to another role.
DROP POLICY b ON notes;
ALTER POLICY c ON notes TO admin;
ALTER POLICY a ON notes TO app;
