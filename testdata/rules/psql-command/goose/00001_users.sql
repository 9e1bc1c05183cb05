-- +goose Up
\set ON_ERROR_STOP on
\set size 100
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100));
\i grants.sql
SELECT format('GRANT SELECT ON %I TO reader', relname) FROM pg_class WHERE relkind = 'r' \gexec

-- +goose Down
\echo going back
DROP TABLE users;
