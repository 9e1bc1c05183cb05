CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb, text text);
CREATE TEMPORARY TABLE work (payload json);
CREATE TABLE gone (payload json);
DROP TABLE gone;
CREATE TABLE mended (payload json, other json);
ALTER TABLE mended ALTER COLUMN payload TYPE jsonb, DROP COLUMN other;
-- A query's columns have the types that they get.
CREATE TABLE copies AS SELECT '{}'::json AS payload;
CREATE VIEW shown AS SELECT '{}'::json AS payload;
-- Somebody wants the keys in their order.
CREATE TABLE prompts (config jsonb);
ALTER TABLE prompts ALTER COLUMN config TYPE json USING config::json;
