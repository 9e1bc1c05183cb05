-- Deploy flights:routes to pg
-- requires: appschema

BEGIN;

CREATE TABLE flights.routes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text NOT NULL,
    destination text NOT NULL,
    is_open boolean NOT NULL DEFAULT true
);

COMMIT;
