--
-- Concurrently create index events_starts_idx on field(s) starts of model event
--
CREATE INDEX CONCURRENTLY "events_starts_idx" ON "events_event" ("starts");
