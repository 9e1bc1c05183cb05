-- Verify flights:routes on pg

BEGIN;

SELECT id, origin, destination, is_open FROM flights.routes WHERE false;

ROLLBACK;
