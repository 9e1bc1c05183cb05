-- Silent: the old name goes on, in the same transaction.
BEGIN;
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;
COMMIT;
-- Silent: made here.
CREATE TABLE scratch (id bigint);
ALTER TABLE scratch RENAME TO kept;
-- Silent: it ends with the name it had.
BEGIN;
ALTER TABLE lines RENAME TO moment;
ALTER TABLE moment RENAME TO lines;
COMMIT;
-- Silent: other rules speak of these, and nobody uses an index by its name.
ALTER TABLE lines RENAME COLUMN a TO b;
ALTER TABLE lines RENAME CONSTRAINT c TO d;
ALTER INDEX lines_idx RENAME TO lines_a_idx;
ALTER VIEW totals RENAME TO sums;
