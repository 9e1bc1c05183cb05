SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE;
SELECT id FROM jobs WHERE run_at < now() ORDER BY id LIMIT $1 FOR NO KEY UPDATE;
UPDATE jobs SET state = 'running' WHERE id IN (
    SELECT j.id FROM jobs AS j WHERE j.run_at < now() ORDER BY j.id LIMIT 5 FOR UPDATE OF j);
WITH next AS (SELECT id FROM jobs ORDER BY id FETCH FIRST ROW ONLY FOR UPDATE)
DELETE FROM jobs USING next WHERE next.id = jobs.id;
