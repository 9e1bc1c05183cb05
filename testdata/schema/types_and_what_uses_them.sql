-- A shell makes way for its type; what comes with a range is a function like
-- others once it is replaced; a table that is dropped needs nothing any more.
CREATE TYPE pair;
CREATE TYPE pair AS ENUM ('a');
CREATE TYPE pair AS ENUM ('a');
CREATE TYPE pair;
CREATE TYPE whole;
CREATE TABLE whole (id int);
CREATE TYPE span;
CREATE TYPE span AS RANGE (SUBTYPE = inet);
CREATE OR REPLACE FUNCTION span(inet, inet) RETURNS span LANGUAGE plpgsql
    AS $$ BEGIN RETURN NULL; END $$;
DROP FUNCTION span(inet, inet);
DROP FUNCTION span(inet, inet, text);
CREATE TABLE t (id int);
CREATE TABLE u (data t);
DROP TABLE t;
DROP TABLE t, u;
CREATE TABLE t (id int);
CREATE TABLE u (data t);
DROP TABLE u, t;
CREATE TABLE t (id int);
CREATE TABLE u (data t, more t);
CREATE TABLE v (data t);
DROP TABLE t, u;
DROP TABLE t, v, u;
