CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE POLICY notes_all ON notes USING (true);
