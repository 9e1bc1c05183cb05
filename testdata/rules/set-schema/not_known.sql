ALTER TABLE orders SET SCHEMA app;
alter view if exists public.totals set schema "App";
ALTER FUNCTION f(integer) SET SCHEMA app;
ALTER EXTENSION pg_trgm SET SCHEMA extensions;
