-- Silent: in a sub-select of their own, functions that are not listed, or with
-- columns, words that are no functions, and policies that are not in force.
CREATE TABLE notes (id bigint PRIMARY KEY, owner uuid, name text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON notes USING ((SELECT auth.uid()) = owner)
    WITH CHECK (owner = (SELECT auth.uid() AS uid));
CREATE POLICY b ON notes USING (((SELECT auth.jwt()) ->> 'role') = 'admin');
CREATE POLICY c ON notes USING (owner = (SELECT current_setting('a')::uuid));
CREATE POLICY d ON notes USING (name = current_setting(name));
CREATE POLICY e ON notes USING (other.uid() = owner AND uid() = owner);
CREATE POLICY f ON notes USING (name = current_user AND mine.current_setting('a'));
CREATE POLICY g ON notes USING (EXISTS (
    SELECT FROM members WHERE member = (SELECT auth.uid())));
CREATE TABLE off (id bigint PRIMARY KEY, owner uuid);
CREATE POLICY off_own ON off USING (owner = auth.uid());
SELECT auth.uid();
