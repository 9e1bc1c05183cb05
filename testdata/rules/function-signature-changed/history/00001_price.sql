-- +goose Up
CREATE FUNCTION price(item bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE tidy(item bigint) LANGUAGE sql AS 'SELECT 1';
-- Silent: both are of this migration.
CREATE OR REPLACE FUNCTION price(item text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION price(text);
