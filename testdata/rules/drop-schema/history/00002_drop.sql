-- +goose Up
DROP SCHEMA app CASCADE;
-- Nothing is in these.
DROP SCHEMA empty;
DROP SCHEMA emptied CASCADE;
-- Silent: the history knows of none.
DROP SCHEMA IF EXISTS never CASCADE;
