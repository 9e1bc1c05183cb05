CREATE TABLE events (id bigint PRIMARY KEY, payload json NOT NULL, parts json[]);
ALTER TABLE events ADD COLUMN "Extra" pg_catalog.json;
