-- +goose Up
-- Silent: computed again from what is still there.
ALTER TABLE users DROP COLUMN loud;
ALTER TABLE users ADD COLUMN loud text GENERATED ALWAYS AS (upper(fax)) STORED;
ALTER TABLE users ALTER COLUMN id SET STATISTICS 100, DROP COLUMN email CASCADE;
-- The name is there again, its values are not.
ALTER TABLE users DROP COLUMN phone;
ALTER TABLE users ADD COLUMN phone bigint;
-- Silent: the whole table goes.
ALTER TABLE gone DROP COLUMN note;
DROP TABLE gone;
-- Its values can be computed again, but who reads them fails.
ALTER TABLE sums DROP COLUMN total;
