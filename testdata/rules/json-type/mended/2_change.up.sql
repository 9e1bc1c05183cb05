-- The first is mended; the second is what this migration brings about.
ALTER TABLE events RENAME TO facts;
ALTER TABLE facts ALTER COLUMN payload TYPE jsonb;
ALTER TABLE facts ALTER COLUMN note TYPE json USING note::json;
