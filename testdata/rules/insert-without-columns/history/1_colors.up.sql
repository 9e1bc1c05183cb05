CREATE TABLE colors (id int PRIMARY KEY, name text, "Code" text, note text);
-- Silent: the table is new.
INSERT INTO colors VALUES (1, 'red');
