ALTER TABLE dishes ADD COLUMN price numeric(8, 2);
