-- +goose Up
-- The index of a partitioned table cannot be built CONCURRENTLY.
INSERT INTO events (id, at) VALUES (1, '2024-01-01')
    ON CONFLICT (id, at) DO NOTHING;
