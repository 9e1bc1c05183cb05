CREATE TABLE users (name varchar, nick text CHECK (char_length(nick) <= 20));
CREATE TABLE mended (name varchar(50));
ALTER TABLE mended ALTER COLUMN name TYPE text;
