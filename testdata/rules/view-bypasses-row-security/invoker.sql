-- Silent: the reader's own rights count; no row level security; FORCE; others
-- than views; tables that are not known.
CREATE TABLE notes (id bigint PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE TABLE tags (id bigint PRIMARY KEY);
CREATE TABLE forced (id bigint PRIMARY KEY);
ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE VIEW a WITH (security_invoker = true) AS SELECT id FROM notes;
CREATE VIEW b WITH (security_invoker) AS SELECT id FROM notes;
CREATE VIEW c WITH (security_barrier = true, security_invoker = 1) AS
    SELECT id FROM notes;
CREATE VIEW d AS SELECT id FROM tags;
CREATE VIEW e AS SELECT id FROM forced;
CREATE MATERIALIZED VIEW f AS SELECT id FROM notes;
CREATE VIEW g AS SELECT 1 AS one;
CREATE VIEW h AS SELECT id FROM unknown;
