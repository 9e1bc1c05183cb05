BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1f3c9a5d2b7e

CREATE TABLE parcels (
    id BIGSERIAL NOT NULL, 
    code VARCHAR(20) NOT NULL, 
    PRIMARY KEY (id), 
    UNIQUE (code)
);

INSERT INTO alembic_version (version_num) VALUES ('1f3c9a5d2b7e') RETURNING alembic_version.version_num;

-- Running upgrade 1f3c9a5d2b7e -> 8e2d4c6b0a11

ALTER TABLE parcels ADD COLUMN weight NUMERIC(8, 2);

UPDATE alembic_version SET version_num='8e2d4c6b0a11' WHERE alembic_version.version_num = '1f3c9a5d2b7e';

-- Running upgrade 8e2d4c6b0a11 -> 0b77d51c9e42

COMMIT;

CREATE INDEX CONCURRENTLY ix_parcels_weight ON parcels (weight);

BEGIN;

UPDATE alembic_version SET version_num='0b77d51c9e42' WHERE alembic_version.version_num = '8e2d4c6b0a11';

COMMIT;
