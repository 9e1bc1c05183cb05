-- +goose Up
SET search_path = app;
SET SESSION lock_timeout TO '5s';
SET ROLE owner;
SELECT pg_catalog.set_config('statement_timeout', '0', false);
CREATE TABLE orders (id bigint PRIMARY KEY);
RESET ROLE;

-- +goose Down
SET SESSION AUTHORIZATION owner;
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE;
DROP TABLE orders;
