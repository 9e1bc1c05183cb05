-- +goose Up
-- New tables, and what the tool notes.
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, tax numeric);
CREATE TABLE kinds (name text PRIMARY KEY);
INSERT INTO kinds VALUES ('a');
ALTER TABLE kinds ADD COLUMN label text;
INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true);
ALTER TABLE elsewhere ADD COLUMN a text;

-- +goose Down
SELECT 1;
DROP TABLE orders;
