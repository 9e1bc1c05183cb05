-- A moment, or a time of day.
CREATE TABLE shops (opens_at time, closes_at time without time zone, seen_at timestamptz);
