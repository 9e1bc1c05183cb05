-- Schemas, also with all they hold in one statement.
CREATE SCHEMA app
    CREATE TABLE t (id serial PRIMARY KEY, a text)
    CREATE VIEW v AS SELECT * FROM t
    CREATE INDEX ON t (a)
    CREATE SEQUENCE s;
CREATE SCHEMA app;
CREATE SCHEMA IF NOT EXISTS app;
CREATE SCHEMA named AUTHORIZATION postgres;
CREATE SCHEMA pg_mine;
CREATE TABLE missing.t (a int);
CREATE TABLE app.t (a int);
CREATE TABLE IF NOT EXISTS app.t (a int);
CREATE TABLE "App"."T" (a int);
CREATE SCHEMA "App";
CREATE TABLE "App"."T" ("A" int, a int, "select" text UNIQUE);
CREATE TABLE app.typed (a app.t, b "App"."T"[]);
ALTER SCHEMA app RENAME TO application;
DROP SCHEMA application;
DROP SCHEMA application, named CASCADE;
DROP SCHEMA public;
CREATE TABLE nowhere (a int);
CREATE SCHEMA public;
CREATE TABLE t (a int);
