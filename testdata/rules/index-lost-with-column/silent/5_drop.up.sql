-- Dropped by name before.
DROP INDEX orders_h_i_idx;
ALTER TABLE orders DROP COLUMN i;
