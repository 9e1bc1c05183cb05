CREATE TABLE users (
    id bigint PRIMARY KEY,
    is_admin boolean NOT NULL,
    is_new boolean CHECK (is_new IS NOT NULL),
    is_even boolean GENERATED ALWAYS AS (id % 2 = 0) STORED,
    flags boolean[]
);
CREATE TABLE mended (seen boolean);
ALTER TABLE mended ALTER COLUMN seen SET NOT NULL;
-- Somebody wanted nulls.
CREATE TABLE settings (branding boolean NOT NULL DEFAULT false);
ALTER TABLE settings ALTER COLUMN branding DROP NOT NULL;
