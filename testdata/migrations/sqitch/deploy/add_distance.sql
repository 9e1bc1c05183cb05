-- Deploy flights:add_distance to pg
-- requires: routes

BEGIN;

ALTER TABLE flights.routes ADD COLUMN distance_km integer;

COMMIT;
