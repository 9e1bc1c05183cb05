-- Where one table of a schema has it, the others should.
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE TABLE tasks (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE tasks_1 PARTITION OF tasks FOR VALUES FROM (1) TO (10);
CREATE TABLE off (id bigint PRIMARY KEY);
ALTER TABLE off ENABLE ROW LEVEL SECURITY;
ALTER TABLE off DISABLE ROW LEVEL SECURITY;
-- Silent: nobody uses it there; no tables; not known whole; temporary; one with
-- policies, of which another rule speaks.
CREATE SCHEMA internal;
CREATE TABLE internal.jobs (id bigint PRIMARY KEY);
CREATE VIEW notes_view AS SELECT id FROM notes;
ALTER TABLE unknown ADD COLUMN a text;
CREATE TEMPORARY TABLE scratch (id bigint);
CREATE TABLE policed (id bigint PRIMARY KEY);
CREATE POLICY policed_all ON policed USING (true);
