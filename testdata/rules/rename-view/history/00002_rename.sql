-- +goose Up
-- Said as ALTER TABLE it is the same.
ALTER TABLE totals RENAME TO sums;
ALTER VIEW others RENAME TO old_others;
CREATE VIEW others AS SELECT one FROM old_others;
-- Silent: the old name goes on.
ALTER VIEW both RENAME TO one;
CREATE VIEW both AS SELECT * FROM one;
