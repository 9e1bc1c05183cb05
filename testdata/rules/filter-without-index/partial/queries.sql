-- Reported: the predicate of no index follows.
SELECT id FROM jobs WHERE queue = $1;
SELECT id FROM jobs WHERE queue = $1 AND state = 'old' AND deleted_at IS NULL;
SELECT id FROM jobs WHERE queue = $1 AND state = 'new' AND deleted_at IS NOT NULL;
SELECT id FROM jobs WHERE kind = $1 AND ran_at IS NULL;
SELECT id FROM jobs WHERE priority = 3 AND state = 'new';
SELECT id FROM jobs WHERE lower(kind) = 'a' AND done AND queue = 'b';
SELECT id FROM jobs WHERE (state = 'new' OR state = 'gone') AND priority = 5;
-- Silent: it follows, whatever its words.
SELECT id FROM jobs WHERE queue = $1 AND deleted_at IS NULL AND state = 'new';
SELECT id FROM jobs WHERE state IN ('new') AND queue = $1 AND deleted_at IS NULL;
SELECT id FROM jobs WHERE kind = $1 AND ran_at < now();
SELECT id FROM jobs WHERE state = 'late' AND priority >= 5;
SELECT id FROM jobs WHERE lower(kind) = 'a' AND done = false;
-- Silent: a parameter may be what it asks for.
SELECT id FROM jobs WHERE queue = $1 AND deleted_at IS NULL AND state = $2;
-- Silent: the index has the few rows that are wanted.
SELECT id FROM jobs WHERE NOT done AND queue = $1;
