-- Silent: what the rule would find, nobody knows while it is off.
-- pgsquint: allow drop-table
CREATE TABLE orders (id bigint PRIMARY KEY);
