CREATE DOMAIN code AS text NOT NULL;
CREATE TABLE pages (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    slug text NOT NULL,
    code code UNIQUE,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    email text,
    phone text CHECK (phone IS NOT NULL) UNIQUE,
    UNIQUE (tenant_id, slug)
);
-- Somebody thought of the nulls.
CREATE UNIQUE INDEX ON pages (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX ON pages (email) NULLS NOT DISTINCT;
-- Not unique.
CREATE INDEX ON pages (email);
CREATE TEMPORARY TABLE work (a int UNIQUE);
-- No row with a null is in the index.
CREATE TABLE keys (a text, b int);
CREATE UNIQUE INDEX ON keys (a) WHERE a IS NOT NULL AND b > 3;
