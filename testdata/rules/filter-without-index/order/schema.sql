CREATE TABLE events (id bigint PRIMARY KEY, account bigint, kind text, place text, at timestamptz, seen timestamptz);
CREATE INDEX events_at ON events (at DESC NULLS LAST, id);
CREATE INDEX events_kind ON events (account, kind);
CREATE INDEX events_place ON events (place text_pattern_ops);
