-- Up Migration
ALTER TABLE tickets ADD COLUMN closed_at timestamptz;

-- Down Migration
ALTER TABLE tickets DROP COLUMN closed_at;
