SET lock_timeout = '2s';
DROP INDEX CONCURRENTLY a_idx;
