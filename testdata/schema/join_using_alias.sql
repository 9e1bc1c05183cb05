-- versions: 14-18
-- The alias of a JOIN ... USING names the joined columns only.
CREATE TABLE a (id int, x text);
CREATE TABLE b (id int, y text);
CREATE VIEW one AS SELECT u.id, x, y FROM a JOIN b USING (id) AS u;
CREATE VIEW bad AS SELECT u.x FROM a JOIN b USING (id) AS u;
