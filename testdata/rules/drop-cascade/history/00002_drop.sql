-- +goose Up
-- One is there again, the other is not.
DROP FUNCTION touch() CASCADE;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touch_people BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
DROP VIEW happy CASCADE;
ALTER TABLE people DROP CONSTRAINT people_pkey CASCADE;
DROP SEQUENCE numbers CASCADE;
DROP TYPE mood CASCADE;
-- Silent: nothing depends on it.
DROP VIEW lonely CASCADE;
-- Silent: the history never made it.
DROP VIEW IF EXISTS never CASCADE;
