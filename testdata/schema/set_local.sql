-- What is set locally lasts until the transaction ends: outside of one, that
-- is the statement itself.
CREATE SCHEMA a;
SET LOCAL search_path = a;
CREATE TABLE t (id int);
SELECT set_config('search_path', 'a', true);
CREATE TABLE u (id int);
BEGIN;
SET LOCAL search_path = a;
CREATE TABLE t (id int);
COMMIT;
CREATE TABLE v (id int);
BEGIN;
SELECT pg_catalog.set_config('search_path', 'a', true);
CREATE TABLE w (id int);
ROLLBACK;
CREATE TABLE w (id int);
SELECT set_config('search_path', 'a', false);
CREATE TABLE x (id int);
