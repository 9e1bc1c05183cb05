-- +goose Up
ALTER TABLE events DETACH PARTITION events_1;
-- CONCURRENTLY is refused: the default partition would have to be locked.
ALTER TABLE jobs DETACH PARTITION jobs_1;
