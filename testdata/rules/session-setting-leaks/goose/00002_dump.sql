-- +goose Up
SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET row_security = off;
SET ROW_SECURITY = on;
CREATE TABLE public.customers (id bigint PRIMARY KEY);

-- +goose Down
-- Reset, one by one or all.
SET lock_timeout = '5s';
SET Statement_Timeout = '5s';
DROP TABLE public.customers;
SET lock_timeout TO DEFAULT;
RESET statement_timeout;
