CREATE INDEX CONCURRENTLY visitors_seen_at_idx ON visitors (seen_at);
