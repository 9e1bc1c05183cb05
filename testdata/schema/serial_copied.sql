-- A column copied from a serial one has the original's sequence as default.
CREATE SCHEMA s;
CREATE TABLE s.source (id serial PRIMARY KEY, a int);
CREATE TABLE copied (LIKE s.source INCLUDING DEFAULTS);
CREATE TABLE child () INHERITS (s.source);
CREATE TABLE plain (LIKE s.source);
ALTER SEQUENCE s.source_id_seq RENAME TO counter;
DROP SEQUENCE s.counter;
DROP TABLE s.source;
DROP TABLE child;
DROP TABLE s.source;
ALTER TABLE s.source DROP COLUMN id;
ALTER SEQUENCE s.counter OWNED BY NONE;
ALTER TABLE s.source DROP COLUMN id;
CREATE TABLE again (LIKE copied INCLUDING ALL);
DROP SEQUENCE s.counter CASCADE;
