ALTER TABLE orders ADD COLUMN h integer, ADD COLUMN i integer;
