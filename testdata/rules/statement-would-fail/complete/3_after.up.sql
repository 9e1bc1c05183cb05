-- Silent: since the migration before fails, less is certain.
ALTER TABLE orders ADD COLUMN title text;
