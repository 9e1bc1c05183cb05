-- Deploy flights:views/open_routes to pg
-- requires: routes

BEGIN;

CREATE VIEW flights.open_routes AS
    SELECT id, origin, destination FROM flights.routes WHERE is_open;

COMMIT;
