CREATE TABLE jobs (id bigint PRIMARY KEY, state text);
SELECT id FROM jobs WHERE state = 'ready' LIMIT 1 FOR UPDATE;
