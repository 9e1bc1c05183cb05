-- options: --rule drop-table=warning
-- Silent: it silences a finding further down.
-- pgsquint: allow-file drop-table
SELECT 1;
DROP TABLE orders;
