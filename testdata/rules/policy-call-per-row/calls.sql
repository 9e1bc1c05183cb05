CREATE TABLE notes (id bigint PRIMARY KEY, owner uuid, team bigint);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes TO authenticated
    USING (auth.uid() = owner) WITH CHECK (owner = auth . uid ( ));
CREATE POLICY setting ON notes FOR SELECT
    USING (team = current_setting('app.team', true)::bigint
           AND pg_catalog.current_setting('app.on'::text) = 'on');
CREATE POLICY "Json" ON notes FOR DELETE
    USING ((auth.jwt() ->> 'role') = 'admin' AND is_member(auth.uid(), team));
-- In a sub-select that reads rows it is called for those: for information.
CREATE POLICY members ON notes FOR UPDATE USING (
    team IN (SELECT team FROM members WHERE member = auth.uid()));
-- For new rows alone: for information.
CREATE POLICY added ON notes FOR INSERT WITH CHECK (owner = auth.uid());
ALTER POLICY added ON notes WITH CHECK (owner = auth.uid() AND team > 0);
-- A table that is not known.
CREATE POLICY objects ON storage.objects FOR SELECT
    USING (bucket_id = 'a' AND (storage.foldername(name))[1] = auth.uid()::text);
