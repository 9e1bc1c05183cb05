CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE TABLE other (event_id bigint, event_at date);
CREATE UNIQUE INDEX events_id_at_idx ON events (id, at);

CREATE INDEX CONCURRENTLY events_at_idx ON events (at);
ALTER TABLE events ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX events_id_key ON events (id);
ALTER TABLE events ADD CONSTRAINT events_key UNIQUE USING INDEX events_id_at_idx;
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;
CREATE TABLE events_again PARTITION OF events FOR VALUES FROM ('2024-06-01') TO ('2024-07-01');
DROP INDEX CONCURRENTLY events_id_at_idx;
ALTER TABLE events_2024 ADD COLUMN note text;
ALTER TABLE ONLY events ADD COLUMN note text;
