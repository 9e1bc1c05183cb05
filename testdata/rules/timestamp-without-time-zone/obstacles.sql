-- options: --postgres-version 18
-- What reads the column must go before its type changes; generated columns
-- cannot be converted; a partition key never changes.
CREATE TABLE events (
    id bigint PRIMARY KEY,
    made_at timestamp without time zone,
    seen_at timestamp (3),
    day date GENERATED ALWAYS AS (made_at::date) STORED,
    told_at timestamp GENERATED ALWAYS AS (seen_at + interval '1 hour') VIRTUAL
);
CREATE VIEW today AS SELECT id, made_at FROM events;
CREATE MATERIALIZED VIEW tomorrow AS SELECT id FROM events WHERE made_at > now();
CREATE INDEX events_seen ON events (coalesce(seen_at, '9999-12-31'));
CREATE INDEX events_unseen ON events (id) WHERE seen_at IS NOT NULL;
CREATE INDEX events_late ON events (id) WHERE seen_at > '2100-01-01';
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER seen AFTER UPDATE OF seen_at ON events EXECUTE FUNCTION tell();
CREATE POLICY "old" ON events USING (made_at < now());
CREATE TABLE logs (at timestamp NOT NULL, line text) PARTITION BY RANGE (at);
