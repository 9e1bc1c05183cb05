ALTER TABLE users ADD COLUMN email text, ADD COLUMN phone text, ADD COLUMN "Fax" text;
COMMENT ON COLUMN users.phone IS 'With country';
-- Mends what the first migration lacks.
COMMENT ON TABLE later IS 'Said later';
COMMENT ON COLUMN public.later.id IS 'Said later';
COMMENT ON TABLE taken_back IS NULL;
COMMENT ON COLUMN taken_back.id IS '';
DROP TABLE gone;
ALTER TABLE made_elsewhere ADD COLUMN added int;
COMMENT ON TABLE nowhere IS 'Not known';
BEGIN;
COMMENT ON TABLE orders IS 'Rolled back';
ROLLBACK;
