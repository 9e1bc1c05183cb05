ALTER TABLE visitors DROP COLUMN agent;
