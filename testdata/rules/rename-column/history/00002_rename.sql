-- +goose Up
ALTER TABLE users RENAME name TO full_name;
ALTER VIEW active RENAME COLUMN name TO full_name;
ALTER TYPE size RENAME ATTRIBUTE width TO breadth;
-- Silent: the view that has the old name has the old column too.
ALTER TABLE logs RENAME TO entries;
ALTER TABLE entries RENAME COLUMN line TO entry;
CREATE VIEW logs AS SELECT id, entry AS line FROM entries;
-- Silent: there is none.
ALTER TABLE IF EXISTS never RENAME COLUMN a TO b;
-- The other one is not there again.
ALTER TABLE users RENAME COLUMN email TO mail;
ALTER TABLE users ADD COLUMN address text;
