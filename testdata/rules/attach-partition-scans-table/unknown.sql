-- Nothing is known of the tables.
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE app.events ATTACH PARTITION app."Other" DEFAULT;
