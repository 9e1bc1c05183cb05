-- The tool stops at the first of these: nothing is said of the second.
ALTER TABLE people DROP COLUMN name;
ALTER TABLE people DROP COLUMN title;
