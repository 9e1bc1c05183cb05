-- Revert orders:in from pg
-- Silent: sqitch begins no transaction of its own.
DROP INDEX CONCURRENTLY orders_a_idx;
