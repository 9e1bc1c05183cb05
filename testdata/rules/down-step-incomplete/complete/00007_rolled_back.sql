-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE parts (id bigint PRIMARY KEY);
BEGIN;
CREATE TABLE tried (id bigint);
ROLLBACK;
CREATE TEMPORARY TABLE passing (id bigint);

-- +goose Down
BEGIN;
SAVEPOINT before;
ALTER TABLE orders DROP COLUMN state;
ROLLBACK TO before;
DROP TABLE parts;
COMMIT;
