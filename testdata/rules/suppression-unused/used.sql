-- options: --rule drop-table=warning --rule drop-column=warning
-- Silent: each of them silences a finding.
-- pgsquint: allow drop-table -- nobody has read it since March
DROP TABLE orders;
ALTER TABLE customers
    DROP COLUMN fax; -- pgsquint: allow drop-column
