-- +goose Up
-- Silent: the author has seen to it.
UPDATE t SET v = left(v, 20) WHERE char_length(v) > 20;
DELETE FROM t WHERE n > 100;
ALTER TABLE t ALTER v TYPE varchar(20), ALTER n TYPE numeric(4, 2);
