-- Revert flights:views/open_routes from pg

BEGIN;

DROP VIEW flights.open_routes;

COMMIT;
