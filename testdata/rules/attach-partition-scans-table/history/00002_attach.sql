-- +goose Up
ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- Not validated: no proof.
ALTER TABLE events_2 ADD CONSTRAINT events_2_bound CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID;
alter table only events attach partition events_2 for values from (date '2025-01-01') to ('2026-01-01');
