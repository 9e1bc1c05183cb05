CREATE TABLE jobs (id bigint PRIMARY KEY, queue text, kind text, state text, priority int, done bool, deleted_at timestamptz, ran_at timestamptz);
CREATE INDEX jobs_queue ON jobs (queue) WHERE deleted_at IS NULL AND state = 'new';
CREATE INDEX jobs_kind ON jobs (kind) WHERE ran_at IS NOT NULL;
CREATE INDEX jobs_priority ON jobs (priority) WHERE state IN ('new', 'late') AND priority > 3;
CREATE INDEX jobs_ran ON jobs (lower(kind)) WHERE NOT done;
