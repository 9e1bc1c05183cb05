-- options: --rule drop-table=warning
-- Silent: the statement could not be read, so nobody knows.
-- pgsquint: allow drop-table
ALTER TABLE orders ${change};
