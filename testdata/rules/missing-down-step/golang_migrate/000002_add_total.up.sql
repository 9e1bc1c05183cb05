-- The down file is missing.
ALTER TABLE orders ADD COLUMN total integer;
