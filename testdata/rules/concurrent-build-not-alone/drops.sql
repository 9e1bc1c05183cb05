-- Each can be run again, and then does the rest.
DROP INDEX CONCURRENTLY IF EXISTS orders_total_idx;
DROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;
