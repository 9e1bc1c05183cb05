-- +goose Up
CREATE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * 0.2';
CREATE FUNCTION fee(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * 0.1';
CREATE PROCEDURE clean(integer) LANGUAGE sql AS 'SELECT 1';
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE color AS ENUM ('red', 'green');
CREATE TYPE shape AS ENUM ('round');
CREATE SEQUENCE numbers;
CREATE TABLE people (id serial PRIMARY KEY, mood mood, size size);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TYPE grade AS ENUM ('good', 'bad');
