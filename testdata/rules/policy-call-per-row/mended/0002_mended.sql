-- Silent: dropped, altered, made anew, off; "renamed" is still there.
DROP POLICY a ON notes;
ALTER POLICY b ON notes USING (owner = (SELECT auth.uid()));
DROP POLICY c ON notes;
CREATE POLICY c ON notes USING (owner = (SELECT auth.uid()));
ALTER POLICY d ON notes RENAME TO renamed;
ALTER POLICY e ON notes USING (owner = auth.uid() OR owner IS NULL);
