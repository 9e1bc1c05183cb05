-- A circle begins with its first file.
\i sub/a.sql
DROP TABLE b;
