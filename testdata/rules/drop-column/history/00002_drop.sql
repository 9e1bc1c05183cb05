-- +goose Up
ALTER TABLE users DROP COLUMN email, DROP COLUMN born;
ALTER TABLE users DROP COLUMN fax;
-- A primary key cannot be made nullable first.
ALTER TABLE tags DROP COLUMN id;
-- Silent: there is no such column.
ALTER TABLE users DROP COLUMN IF EXISTS phone;
ALTER TABLE users DROP COLUMN IF EXISTS fax;
ALTER TABLE users ADD COLUMN phone text;

-- +goose Down
-- Silent: a down step takes away what its up step made.
ALTER TABLE users DROP COLUMN phone;
