-- options: --rule drop-table=warning --rule drop-column=warning
-- pgsquint: allow drop-table
CREATE TABLE orders (id bigint PRIMARY KEY);

-- Of several rules, one finds something.
DROP TABLE imports; -- pgsquint: allow drop-column, drop-table -- both
