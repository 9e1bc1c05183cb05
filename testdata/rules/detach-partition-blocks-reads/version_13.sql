-- options: --postgres-version 13
-- There is no other way.
ALTER TABLE events DETACH PARTITION events_1;
