DROP TABLE prices;
ALTER TABLE tickets DROP COLUMN levels;
DROP TYPE unit, level;
DROP TABLE totals;
CREATE TABLE totals AS SELECT id AS user_id, 0::numeric AS total FROM tickets;
