CREATE TABLE jobs (id bigint PRIMARY KEY, state text);
-- Silent: it does not wait.
SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;
SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE NOWAIT;
-- Silent: one row by its key, or all of them.
SELECT state FROM jobs WHERE id = $1 LIMIT 1 FOR UPDATE;
SELECT state FROM other WHERE id = $1 LIMIT 1 FOR UPDATE;
SELECT id FROM jobs WHERE state = 'ready' ORDER BY id FOR UPDATE;
-- Silent: readers' locks do not wait for one another.
SELECT id FROM jobs ORDER BY id LIMIT 1 FOR SHARE;
