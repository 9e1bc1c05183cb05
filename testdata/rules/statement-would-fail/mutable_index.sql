CREATE TABLE events (id bigint, at timestamptz, title text);
CREATE INDEX events_day_idx ON events ((at::date));
CREATE INDEX events_now_idx ON events (id) WHERE at > now();
CREATE INDEX events_title_idx ON events (lower(title));
CREATE INDEX events_utc_idx ON events (((at AT TIME ZONE 'UTC')::date));
