\i sub/b.sql
DROP TABLE a;
