-- Revert flights:add_distance from pg

BEGIN;

ALTER TABLE flights.routes DROP COLUMN distance_km;

COMMIT;
