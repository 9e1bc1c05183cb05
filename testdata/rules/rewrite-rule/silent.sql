CREATE TABLE entries (id bigint PRIMARY KEY, note text);
CREATE TABLE log (id bigint);
-- How a view is written.
CREATE VIEW shown AS SELECT id FROM entries;
CREATE RULE write AS ON INSERT TO shown DO INSTEAD INSERT INTO entries (id) VALUES (NEW.id);
-- Beside the statement.
CREATE RULE also AS ON INSERT TO entries DO ALSO INSERT INTO log VALUES (NEW.id);
-- It may be a view.
CREATE RULE other AS ON INSERT TO elsewhere DO INSTEAD NOTHING;
CREATE RULE gone AS ON DELETE TO entries DO INSTEAD NOTHING;
DROP RULE gone ON entries;
