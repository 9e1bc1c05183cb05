DROP INDEX orders_lower_day_idx;
