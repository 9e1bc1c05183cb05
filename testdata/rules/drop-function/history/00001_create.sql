-- +goose Up
CREATE FUNCTION tax(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION fee(amount numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION fee(amount integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION users(name text) RETURNS TABLE (id bigint, email text) LANGUAGE sql AS 'SELECT 1, $1';
CREATE FUNCTION people(name text) RETURNS TABLE (id bigint, email text) LANGUAGE sql AS 'SELECT 1, $1';
CREATE FUNCTION counted() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE PROCEDURE clean() LANGUAGE sql AS 'SELECT 1';
