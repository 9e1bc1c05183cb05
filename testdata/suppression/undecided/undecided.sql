-- None of these is called unused: the rule is off in this run, or nobody
-- could read the statement.

-- pgsquint: allow drop-column
ALTER TABLE a DROP COLUMN b;

-- pgsquint: allow drop-table
ALTER TABLE a {{ change }};

-- pgsquint: allow syntax-error, drop-table
DORP TABLE a;

-- pgsquint: allow drop-column
SELECT id FROM a;

-- It may be about what could not be read.
-- pgsquint: allow-file index-build-blocks-writes
