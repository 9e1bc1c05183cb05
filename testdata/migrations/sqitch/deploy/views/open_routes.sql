-- Deploy flights:views/open_routes to pg
-- requires: views/open_routes@v1.0
-- requires: add_distance

BEGIN;

CREATE OR REPLACE VIEW flights.open_routes AS
    SELECT id, origin, destination, distance_km
    FROM flights.routes WHERE is_open;

COMMIT;
