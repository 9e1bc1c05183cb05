-- Silent: altered, dropped, given to another role.
ALTER POLICY a ON notes USING (owner = current_user);
DROP POLICY b ON notes;
ALTER POLICY c ON notes TO service_role;
