ALTER TABLE people ADD COLUMN mood mood;
