-- Only of the schemas that the settings name, whatever others have.
CREATE SCHEMA api;
CREATE TABLE api.notes (id bigint PRIMARY KEY);
CREATE TABLE jobs (id bigint PRIMARY KEY);
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE TABLE more_jobs (id bigint PRIMARY KEY);
