-- options: --rule drop-table=warning --rule drop-column=warning
-- pgsquint: allow-file drop-table, drop-column
DROP TABLE orders;
