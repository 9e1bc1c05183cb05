-- Silent: the program makes the keys.
ALTER TABLE a ALTER COLUMN id DROP DEFAULT;
