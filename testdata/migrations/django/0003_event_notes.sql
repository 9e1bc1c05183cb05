BEGIN;
--
-- Add field notes to event
--
ALTER TABLE "events_event" ADD COLUMN "notes" text DEFAULT '' NOT NULL;
ALTER TABLE "events_event" ALTER COLUMN "notes" DROP DEFAULT;
--
-- Raw Python operation
--
-- THIS OPERATION CANNOT BE WRITTEN AS SQL
COMMIT;
