DROP INDEX CONCURRENTLY visitors_seen_at_idx;
