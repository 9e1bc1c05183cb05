ALTER TABLE facts ALTER COLUMN note TYPE text;
CREATE TABLE never (payload json);
