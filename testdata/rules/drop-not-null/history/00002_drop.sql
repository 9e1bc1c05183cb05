-- +goose Up
ALTER TABLE users ALTER email DROP NOT NULL;
-- Silent: it could be null before.
ALTER TABLE users ALTER age DROP NOT NULL;
-- Silent: the column or the table goes.
ALTER TABLE users ALTER fax DROP NOT NULL;
ALTER TABLE users DROP COLUMN fax;
ALTER TABLE gone ALTER id DROP NOT NULL;
DROP TABLE gone;
-- Silent: it is NOT NULL again.
ALTER TABLE users ALTER name DROP NOT NULL;
ALTER TABLE users ALTER name SET NOT NULL;
