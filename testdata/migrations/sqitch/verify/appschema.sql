-- Verify flights:appschema on pg

BEGIN;

SELECT pg_catalog.has_schema_privilege('flights', 'usage');

ROLLBACK;
