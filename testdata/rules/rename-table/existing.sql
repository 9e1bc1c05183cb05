ALTER TABLE orders RENAME TO purchases;
alter table if exists only app."Order" rename to "Purchase";
-- In another transaction there is a moment without the old name.
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people;
BEGIN;
ALTER FOREIGN TABLE remote RENAME TO distant;
COMMIT;
