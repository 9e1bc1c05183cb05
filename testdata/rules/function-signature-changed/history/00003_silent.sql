-- +goose Up
-- Silent: the parameters have the same types; the old one goes; it is another
-- name; or it does not claim to replace anything.
CREATE OR REPLACE FUNCTION price(item int8) RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE OR REPLACE FUNCTION cost(item bigint) RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION price(item text) RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE OR REPLACE PROCEDURE tidy(item text) LANGUAGE sql AS 'SELECT 3';
DROP PROCEDURE tidy();
DROP PROCEDURE tidy(bigint);
