-- Deploy flights:appschema to pg

BEGIN;

CREATE SCHEMA flights;

COMMIT;
