DROP SCHEMA app CASCADE;
drop schema if exists old, "Older";
