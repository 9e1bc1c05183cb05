-- +goose Up
ALTER TABLE users ALTER role DROP DEFAULT, ALTER note SET DEFAULT NULL;
ALTER TABLE users ALTER id DROP IDENTITY;
-- Code that does not know the new column leaves it out.
ALTER TABLE users ADD COLUMN size integer NOT NULL DEFAULT 1;
ALTER TABLE users ALTER COLUMN size DROP DEFAULT;
-- Silent: it had none.
ALTER TABLE users ALTER age DROP DEFAULT;
-- Silent: it gets one again, with another type.
ALTER TABLE users ALTER day DROP DEFAULT;
ALTER TABLE users ALTER day TYPE timestamptz;
ALTER TABLE users ALTER day SET DEFAULT now();
-- Silent: it goes.
ALTER TABLE users ALTER old DROP DEFAULT;
ALTER TABLE users DROP COLUMN old;
