-- Revert flights:routes from pg

BEGIN;

DROP TABLE flights.routes;

COMMIT;
