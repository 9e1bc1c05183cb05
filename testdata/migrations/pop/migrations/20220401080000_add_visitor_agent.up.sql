ALTER TABLE visitors ADD COLUMN agent text;
