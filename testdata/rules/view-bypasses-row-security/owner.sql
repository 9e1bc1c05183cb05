CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE TABLE tags (id bigint PRIMARY KEY);
CREATE VIEW note_ids AS SELECT id FROM notes;
CREATE VIEW counts AS SELECT count(*) AS n FROM notes;
CREATE OR REPLACE VIEW public."Both" WITH (security_barrier) AS
    SELECT t.id FROM tags AS t JOIN notes AS n USING (id);
CREATE VIEW off WITH (security_invoker = off) AS SELECT id FROM notes;
CREATE VIEW reset WITH (security_invoker) AS SELECT id FROM notes;
ALTER VIEW reset RESET (security_invoker);
CREATE VIEW replaced WITH (security_invoker) AS SELECT id FROM notes;
CREATE OR REPLACE VIEW replaced AS SELECT id FROM notes;
-- Row level security may come after the view.
CREATE VIEW tag_ids AS SELECT id FROM tags;
ALTER TABLE tags ENABLE ROW LEVEL SECURITY;
