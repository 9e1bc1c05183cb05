ALTER TABLE accounts DROP COLUMN plan;
DROP FUNCTION helper();
DROP TABLE tariffs;
