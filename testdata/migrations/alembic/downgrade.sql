BEGIN;

-- Running downgrade 8e2d4c6b0a11 -> 1f3c9a5d2b7e

ALTER TABLE parcels DROP COLUMN weight;

UPDATE alembic_version SET version_num='1f3c9a5d2b7e' WHERE alembic_version.version_num = '8e2d4c6b0a11';

COMMIT;
