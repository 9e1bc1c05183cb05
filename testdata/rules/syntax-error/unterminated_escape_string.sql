-- The backslash takes the quote with it.
INSERT INTO folders (path) VALUES (E'C:\temp\');
SELECT 1;
