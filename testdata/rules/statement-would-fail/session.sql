-- A new session has none of the temporary tables of the one before.
CREATE TEMP TABLE found (a int);
\c
CREATE TEMP TABLE found (a int);
CREATE TEMP TABLE found (a int);
-- Silent: nothing is there of what another database has, nor of what it had not.
CREATE TABLE orders (id bigint);
\connect elsewhere
CREATE TABLE orders (id bigint);
