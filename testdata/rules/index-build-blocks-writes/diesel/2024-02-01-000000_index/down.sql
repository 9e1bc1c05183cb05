DROP INDEX orders_day_idx;
