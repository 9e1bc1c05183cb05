-- options: --rule drop-table=warning
-- Silent: a string is no comment.
SELECT '
-- pgsquint: allow drop-table
';
