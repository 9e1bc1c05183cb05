--! Message: close polls

ALTER TABLE polls DROP COLUMN IF EXISTS closed_at;
ALTER TABLE polls ADD COLUMN closed_at timestamptz;
