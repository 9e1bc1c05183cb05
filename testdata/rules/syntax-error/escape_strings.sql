-- Silent: with this setting a backslash escapes the quote behind it.
SET standard_conforming_strings = off;
SELECT 'it\'s', 'so';
