ALTER TABLE books ADD COLUMN published_in integer;
