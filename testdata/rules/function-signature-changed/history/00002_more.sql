-- +goose Up
CREATE OR REPLACE FUNCTION price(item bigint, day date DEFAULT now())
    RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE OR REPLACE PROCEDURE public.tidy() LANGUAGE sql AS 'SELECT 2';
