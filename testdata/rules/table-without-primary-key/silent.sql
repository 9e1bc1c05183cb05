-- All have one, or are none that could.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE members (user_id bigint, group_id bigint, PRIMARY KEY (user_id, group_id));
CREATE TABLE copies (LIKE users INCLUDING ALL);
CREATE TEMPORARY TABLE work (value integer);
CREATE VIEW everyone AS SELECT * FROM users;
CREATE TYPE pair AS (a integer, b integer);

-- Dropped again.
CREATE TABLE staging AS SELECT * FROM users;
DROP TABLE staging;

-- Not made here: it may have one.
ALTER TABLE elsewhere ADD COLUMN note text;

-- The placeholder may say it.
CREATE TABLE counters (key $%AUTO_INCREMENT_PRIMARY_KEY%$, total int);
