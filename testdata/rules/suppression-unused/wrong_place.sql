-- options: --rule drop-table=warning
-- pgsquint: allow drop-table

-- A blank line is between it and the statement.

SELECT 1;

SELECT 2;
-- pgsquint: allow drop-table
