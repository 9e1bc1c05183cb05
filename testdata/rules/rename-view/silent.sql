-- Silent: made here.
CREATE VIEW mine AS SELECT 1 AS one;
ALTER VIEW mine RENAME TO ours;
-- Silent: tables are of another rule.
ALTER TABLE orders RENAME TO purchases;
