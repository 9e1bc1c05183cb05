-- +goose Up
-- Silent: all are there again with their columns, and some have more.
DROP VIEW active CASCADE;
DROP MATERIALIZED VIEW roles;
CREATE VIEW active AS SELECT email, id, role FROM users;
CREATE VIEW admins AS SELECT * FROM active;
CREATE MATERIALIZED VIEW roles AS SELECT role, count(*) AS total, 1 AS one FROM users GROUP BY role;
DROP VIEW renamed;
CREATE VIEW next AS SELECT id FROM users;
ALTER VIEW next RENAME TO renamed;
-- Silent: made by this very migration.
CREATE VIEW scratch AS SELECT 1 AS one;
DROP VIEW scratch;
-- Silent: not there, as the history knows.
DROP VIEW IF EXISTS never_made;
-- Silent: taken back.
SAVEPOINT before;
DROP VIEW kept;
ROLLBACK TO before;
-- Silent: a function's body is not run here.
CREATE FUNCTION clean() RETURNS void LANGUAGE sql AS 'DROP VIEW kept';
