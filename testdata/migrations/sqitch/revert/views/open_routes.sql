-- Revert flights:views/open_routes from pg

BEGIN;

DROP VIEW flights.open_routes;
CREATE VIEW flights.open_routes AS
    SELECT id, origin, destination FROM flights.routes WHERE is_open;

COMMIT;
